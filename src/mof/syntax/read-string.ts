/** Where a string literal may end, or be something else than what it says. */
const STOP = /["\\\r\n]/g;

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

/** The value of a string literal, or what is wrong with it; `end` is where the text goes on. */
export type StringLiteral =
  | {
      readonly value: string;
      readonly end: number;
      /** Where its first line break is, when it goes over several lines. */
      readonly lineBreak?: number | undefined;
    }
  | { readonly problem: string; readonly at: number; readonly end: number };

/**
 * Reads the string literal whose opening quote is at `start`. It should end on its line (DSP0004 Annex A); one that goes
 * on is taken when what stands behind its closing quote can follow a string, since then no quote was forgotten.
 */
export function readString(source: string, start: number): StringLiteral {
  const { end, lineBreak } = findEnd(source, start + 1);
  const isClosed = end < source.length && (lineBreak === undefined || canFollowString(source, end + 1));
  const decoded = decode(source, start + 1, end);
  // An escape that is none on its line says more than that the string is not closed.
  if ('problem' in decoded && (lineBreak ?? end) > decoded.at) return { ...decoded, end: lineBreak ?? end + 1 };
  if (!isClosed) return { problem: 'the string is not closed on its line', at: start, end: lineBreak ?? end };
  return 'problem' in decoded ? { ...decoded, end: end + 1 } : { value: decoded.value, end: end + 1, lineBreak };
}

/**
 * The closing quote, or the end of the text when there is none, and the first line break before it. By an expression, since the compiler of
 * Node 26.10 makes of a loop over `charCodeAt` one that now and then sees no quote at all.
 */
function findEnd(source: string, from: number): { readonly end: number; readonly lineBreak: number | undefined } {
  let lineBreak: number | undefined;
  STOP.lastIndex = from;
  for (let found = STOP.exec(source); found !== null; found = STOP.exec(source)) {
    if (found[0] === '"') return { end: found.index, lineBreak };
    // What an escape hides may be a quote, and is a line break all the same.
    const at = found[0] === '\\' ? found.index + 1 : found.index;
    STOP.lastIndex = at + 1;
    if (isLineBreak(source.charCodeAt(at))) lineBreak ??= at;
  }
  return { end: source.length, lineBreak };
}

function isLineBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

/** The text with its escapes replaced, or the first of them that is none. */
function decode(
  source: string,
  from: number,
  end: number,
): { readonly value: string } | { readonly problem: string; readonly at: number } {
  const text = source.slice(from, end);
  let at = text.indexOf('\\');
  if (at < 0) return { value: text };
  const parts: string[] = [];
  let start = 0;
  for (; at >= 0; at = text.indexOf('\\', start)) {
    const escaped = readEscape(text, at);
    if ('problem' in escaped) return { problem: escaped.problem, at: from + at };
    parts.push(text.slice(start, at), escaped.value);
    start = escaped.end;
  }
  return { value: `${parts.join('')}${text.slice(start)}` };
}

/** True when the text from there goes on as it may behind a string: by punctuation, or by another string further on. */
function canFollowString(source: string, from: number): boolean {
  let at = from;
  while (/^\s$/.test(source[at] ?? '')) at += 1;
  const next = source[at] ?? '';
  return next === '"' ? at > from : next !== '' && ';,)}]'.includes(next);
}

/** Reads the character literal whose opening apostrophe is at `start`: one UTF-16 code unit (DSP0004 §5.2). */
export function readChar(source: string, start: number): StringLiteral {
  const at = start + 1;
  const escaped = source[at] === '\\' ? readEscape(source, at) : { value: source[at] ?? '', end: at + 1 };
  if ('problem' in escaped) return { ...escaped, at, end: escaped.end };
  const plain = escaped.value !== "'" || escaped.end > at + 1;
  if (plain && source[escaped.end] === "'" && !/^[\r\n]?$/.test(source.slice(at, escaped.end))) {
    return { value: escaped.value, end: escaped.end + 1 };
  }
  return { problem: "a character literal has one character between apostrophes, as in 'x'", at: start, end: at };
}

/** Reads `\n`, `\"`, `\x41` … at a backslash. */
function readEscape(
  source: string,
  at: number,
): { readonly value: string; readonly end: number } | { readonly problem: string; readonly end: number } {
  const letter = source[at + 1] ?? '';
  const plain = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
  if (plain !== undefined) return { value: plain, end: at + 2 };
  if (letter !== 'x' && letter !== 'X') {
    return { problem: `'\\${/^[\r\n]?$/.test(letter) ? '' : letter}' is not an escape sequence`, end: at + 2 };
  }
  // One to four digits, as many as there are.
  let end = at + 2;
  while (end < at + 6 && /^[\dA-Fa-f]$/.test(source[end] ?? '')) end += 1;
  if (end === at + 2) return { problem: "'\\x' must be followed by one to four hexadecimal digits", end };
  return { value: String.fromCharCode(Number.parseInt(source.slice(at + 2, end), 16)), end };
}
