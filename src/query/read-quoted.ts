import { invalidQuery } from './query-error.js';

/** What stood between delimiters, and the offset behind the closing one. */
export interface Quoted {
  readonly content: string;
  readonly end: number;
}

/**
 * Reads the string literal at an offset. The same quote inside it is doubled or has a backslash before it; a backslash
 * is doubled. WMI refuses any other use of the backslash, and so does this: `'C:\temp'` is a mistake that would
 * otherwise find nothing without a word.
 *
 * @throws CimError InvalidQuery
 */
export function readStringLiteral(text: string, start: number): Quoted {
  const quote = text.charAt(start);
  const parts: string[] = [];
  let from = start + 1;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === quote) {
      parts.push(text.slice(from, at));
      if (text[at + 1] !== quote) return { content: parts.join(''), end: at + 1 };
      from = at + 1;
      at += 1;
    } else if (character === '\\') {
      if (!isEscapable(text[at + 1])) {
        throw invalidQuery(at, "a backslash in a string stands before a quote or a second backslash ('C:\\\\temp')");
      }
      parts.push(text.slice(from, at));
      from = at + 1;
      at += 1;
    }
  }
  throw invalidQuery(start, 'the string is not closed');
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
