/** V8 copies shorter pieces by itself. */
const SHORTEST_SLICE = 13;

const ASCII = /^[\0-\x7f]*$/;

/**
 * The same text as a string of its own. A piece of a string keeps all of that string in memory, so what is cut from a
 * message and kept longer than the message has to be copied.
 */
export function detached(text: string): string {
  if (text.length < SHORTEST_SLICE) return text;
  const encoding = ASCII.test(text) ? 'latin1' : 'utf16le';
  return Buffer.from(text, encoding).toString(encoding);
}
