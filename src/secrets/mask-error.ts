/** Of errors that are the cause of others. */
const DEEPEST = 5;

/**
 * An error as a log may tell it: message and stack, and those of its causes, masked. One that says no secret is the same error.
 *
 * @param mask the text without secrets
 */
export function maskError(error: unknown, mask: (text: string) => string, depth = 0): unknown {
  if (typeof error === 'string') return mask(error);
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const shown = { message: mask(message), stack: stack === undefined ? undefined : mask(stack) };
  const shownCause = depth < DEEPEST ? maskError(cause, mask, depth + 1) : undefined;
  if (shown.message === message && shown.stack === stack && shownCause === cause) return error;
  const masked = new Error(shown.message, shownCause === undefined ? undefined : { cause: shownCause });
  masked.name = name;
  masked.stack = shown.stack ?? `${name}: ${shown.message}`;
  return masked;
}
