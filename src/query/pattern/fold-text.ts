const ASCII = /^[\0-\x7f]*$/;

/**
 * The text in lower case, one code unit for each of its own, so that `_` in a pattern means the same with and without
 * folding: a letter whose lower case has another length stays, and no letter depends on its neighbours.
 */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  const parts: string[] = [];
  for (const character of text) {
    const lower = character.toLowerCase();
    parts.push(lower.length === character.length ? lower : character);
  }
  return parts.join('');
}
