const ASCII = /^[\0-\x7f]*$/;

/**
 * The text in lower case, one code unit for each of its own, so that `_` in a pattern means the same with and without
 * folding: a letter whose lower case has another length stays, and no letter depends on its neighbours.
 */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  // U+03A3 is the only letter whose lower case depends on its neighbours, U+0130 the only one whose lower case is longer.
  const parts = text.replaceAll('\u03a3', '\u03c3').split('\u0130');
  return parts.map((part) => part.toLowerCase()).join('\u0130');
}
