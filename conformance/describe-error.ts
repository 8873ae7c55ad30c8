/**
 * What an error says, in one line. A name with several addresses that all refuse gives an error without a message, whose parts have
 * one each.
 */
export function describeError(error: unknown): string {
  const errors = error instanceof AggregateError && error.message === '' ? error.errors : [error];
  const messages = errors.map((one) => (one instanceof Error ? one.message : String(one)));
  return visible(messages.join('; ').replaceAll(/\s*\n\s*/g, ' '));
}

/** What a server says in a text for a terminal, which takes some characters as commands. */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (hidden) => `\\u{${(hidden.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
