/**
 * What an error says, in one line. A name with several addresses that all refuse gives an error without a message, whose parts have
 * one each.
 */
export function describeError(error: unknown): string {
  const errors = error instanceof AggregateError && error.message === '' ? error.errors : [error];
  const messages = errors.map((one) => (one instanceof Error ? one.message : String(one)));
  return messages.join('; ').replaceAll(/\s*\n\s*/g, ' ');
}
