/**
 * A text for the log: peers choose names, actions and tokens, and a log line must not grow with what they send.
 *
 * @param max characters that are kept
 */
export function cutText(text: string, max = 200): string {
  return text.length > max ? `${text.slice(0, max)}…` : text;
}
