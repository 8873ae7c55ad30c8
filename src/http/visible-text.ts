/** Control characters, line breaks of any kind, marks that turn the direction of writing or show nothing, and halves of characters. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * A text on one line in which everything can be seen: peers choose names and actions, and none of them may begin a line of its own,
 * move the cursor or change colours.
 */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, (hidden) => {
    if (hidden === '\n') return '\\n';
    return `\\u{${(hidden.codePointAt(0) ?? 0).toString(16)}}`;
  });
}
