/** What a terminal takes as a command, turns the direction of writing, or shows as nothing: C0 and C1, and the like of U+202E. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A text of somebody else, as it may be shown; its line breaks are kept. */
export function printable(text: string): string {
  return text.replace(HIDDEN, (character) => (character === '\n' ? character : escapeOf(character)));
}

/** A message of somebody else on one line. */
export function printableLine(text: string): string {
  return printable(text.replaceAll(/\s*[\r\n]\s*/g, ' '));
}

/** XML as it came, where what cannot be shown is a character reference, which means the same. */
export function printableXml(xml: string): string {
  return xml.replaceAll('\r\n', '\n').replace(HIDDEN, (character) => {
    if (character === '\n' || character === '\t') return character;
    return `&#x${codeOf(character).toString(16)};`;
  });
}

/**
 * A value as JSON, where what cannot be shown is escaped, which means the same.
 *
 * @param indent 0: on one line
 */
export function printableJson(value: unknown, indent = 2): string {
  const json = JSON.stringify(value, null, indent);
  return json.replace(HIDDEN, (character) => {
    if (character === '\n') return character;
    const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
  });
}

/** Where commands print without knowing what: whatever has not been escaped above, it is here. Tables of the user's own may have tabs. */
export function safeForTerminal(text: string): string {
  return text.replace(HIDDEN, (character) =>
    character === '\n' || character === '\t' ? character : escapeOf(character),
  );
}

function escapeOf(character: string): string {
  const code = codeOf(character);
  return code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
