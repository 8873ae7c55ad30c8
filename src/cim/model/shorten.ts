/** The beginning of a text that came from outside, for a message: whoever sends megabytes does not get them back. */
export function shorten(text: string, length = 40): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
