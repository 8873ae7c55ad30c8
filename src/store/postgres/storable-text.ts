// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
const NOT_STORABLE = /[\0\u0001]|\p{Surrogate}/gu;

/**
 * A text as PostgreSQL can hold it: it has no U+0000, and UTF-8 has no half of a pair. They, and the mark for them, U+0001, are written
 * as the mark and four digits; all other texts are as they were, and sort and compare as before.
 */
export function toStorable(text: string): string {
  return text.replace(NOT_STORABLE, (unit) => `\u0001${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What {@link toStorable} was given. */
export function fromStorable(text: string): string {
  if (!text.includes('\u0001')) return text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the mark
  return text.replace(/\u0001([\da-f]{4})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
