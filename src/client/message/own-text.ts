/** V8 copies shorter pieces by itself. */
const SHORTEST_SLICE = 13;
const LATIN1 = /^[\0-\xff]*$/;

/** The same text as a string of its own: a piece of a message keeps all of the message in memory, as long as anybody has it. */
export function ownText(text: string): string {
  if (text.length < SHORTEST_SLICE) return text;
  const encoding = LATIN1.test(text) ? 'latin1' : 'utf16le';
  return Buffer.from(text, encoding).toString(encoding);
}
