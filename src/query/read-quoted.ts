import { invalidQuery } from './query-error.js';

/** What stood between delimiters, and the offset behind the closing one. */
export interface Quoted {
  readonly content: string;
  readonly end: number;
}

/**
 * Reads the string literal at an offset. A quote inside it has a backslash before it; a backslash is doubled. WMI refuses any
 * other use of the backslash, and so does this: `'C:\temp'` is a mistake that would otherwise find nothing without a word.
 * So is a quote that is doubled, as SQL has it: WMI takes the first for the end (about_WQL has the backslash alone).
 *
 * @throws CimError InvalidQuery
 */
export function readStringLiteral(text: string, start: number): Quoted {
  const found = readEscaped(text, start, (at) => {
    throw invalidQuery(at, "a backslash in a string stands before a quote or a second backslash ('C:\\\\temp')");
  });
  if (typeof found === 'number') throw invalidQuery(start, 'the string is not closed');
  return checkEnd(text, found);
}

/**
 * Reads the pattern behind LIKE, in which a backslash is itself (MS-WMI 2.2.1). Doubled it is one backslash, and before a quote
 * it belongs to that, as in other strings; before the last quote it is itself when nothing else would close the pattern (`'C:\'`).
 *
 * @throws CimError InvalidQuery
 */
export function readPatternLiteral(text: string, start: number): Quoted {
  const found = readEscaped(text, start);
  if (typeof found !== 'number') return checkEnd(text, found);
  const last = found < 0 ? undefined : readEscaped(text.slice(0, found), start, undefined, text.charAt(start));
  if (last === undefined || typeof last === 'number') throw invalidQuery(start, 'the string is not closed');
  return { content: last.content, end: found + 1 };
}

/**
 * @param onLoneBackslash told where a backslash stands before something that it does not escape; without, it is itself
 * @param added what stands behind the text without belonging to it
 * @returns what was read; when no quote closes it, the offset of the last quote behind a backslash, -1 when there is none
 */
function readEscaped(text: string, start: number, onLoneBackslash?: (at: number) => void, added = ''): Quoted | number {
  const quote = text.charAt(start);
  const whole = text + added;
  const parts: string[] = [];
  let from = start + 1;
  let escapedQuote = -1;
  for (let at = from; at < whole.length; at += 1) {
    const character = whole[at];
    if (character === quote) {
      parts.push(whole.slice(from, at));
      return { content: parts.join(''), end: at + 1 };
    }
    if (character !== '\\') continue;
    if (at < text.length - 1 && isEscapable(whole[at + 1])) {
      parts.push(whole.slice(from, at));
      from = at + 1;
      at += 1;
      if (whole[at] === quote) escapedQuote = at;
    } else onLoneBackslash?.(at);
  }
  return escapedQuote;
}

/** @throws CimError InvalidQuery when the quote that closes a string is doubled */
function checkEnd(text: string, found: Quoted): Quoted {
  const quote = text.charAt(found.end - 1);
  if (text[found.end] !== quote) return found;
  throw invalidQuery(
    found.end - 1,
    `a quote inside a string has a backslash before it (\\${quote}); it is not doubled`,
  );
}

function isEscapable(character: string | undefined): boolean {
  return character === '\\' || character === "'" || character === '"';
}

/** Reads `{object path}`, in which a brace may stand between quotes. @throws CimError InvalidQuery */
export function readObjectPathText(text: string, start: number): Quoted {
  let quote: string | undefined;
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at];
    if (quote === undefined) {
      if (character === '}') return { content: text.slice(start + 1, at), end: at + 1 };
      if (character === "'" || character === '"') quote = character;
    } else if (character === '\\') {
      at += 1;
    } else if (character === quote) {
      quote = undefined;
    }
  }
  throw invalidQuery(
    start,
    quote === undefined ? "'{' is not closed" : 'a quoted value in the object path is not closed',
  );
}
