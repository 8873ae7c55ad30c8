const QUOTE = 0x22;
const BACKSLASH = 0x5c;

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
  | { readonly value: string; readonly end: number }
  | { readonly problem: string; readonly at: number; readonly end: number };

/** Reads the string literal whose opening quote is at `start`; it must end on its line (DSP0004 Annex A). */
export function readString(source: string, start: number): StringLiteral {
  let parts: string[] | undefined;
  let from = start + 1;
  let at = from;
  for (; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (code === QUOTE) {
      const tail = source.slice(from, at);
      return { value: parts ? `${parts.join('')}${tail}` : tail, end: at + 1 };
    }
    if (code === 0x0a || code === 0x0d) break;
    if (code !== BACKSLASH) continue;
    const escaped = readEscape(source, at);
    if ('problem' in escaped) return { ...escaped, at, end: endOfString(source, at + 1) };
    parts ??= [];
    parts.push(source.slice(from, at), escaped.value);
    from = escaped.end;
    at = from - 1;
  }
  return { problem: 'the string is not closed on its line', at: start, end: at };
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

/** Where a string with a wrong escape ends, so that its rest is not taken for MOF. */
function endOfString(source: string, from: number): number {
  for (let at = from; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) return at;
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE) return at + 1;
  }
  return source.length;
}
