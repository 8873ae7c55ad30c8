// What a character may be part of: bits, by code. Above ASCII, nothing.
export const BLANK = 1;
const NAME = 2;
export const TEXT = 4;
export const VALUE = 8;
const KINDS = Uint8Array.from({ length: 0x100 }, (_, code) => {
  if (code >= 0x80) return 0;
  const character = String.fromCharCode(code);
  const isBlank = ' \t\n'.includes(character);
  return (
    (isBlank ? BLANK : 0) |
    (/[\w.:-]/.test(character) ? NAME : 0) |
    // XML 1.0 §2.4: a bracket might be the first of `]]>`.
    ((code >= 0x20 || isBlank) && !'<&]'.includes(character) ? TEXT : 0) |
    // XML 1.0 §3.3.3: tabs and line breaks in values become blanks.
    (code >= 0x20 && !'<&"\''.includes(character) ? VALUE : 0)
  );
});

/** Steps over characters of a kind. */
export function skip(bytes: Uint8Array, from: number, kind: number): number {
  let at = from;
  while (at < bytes.length && ((KINDS[bytes[at] as number] as number) & kind) !== 0) at++; // both are in range
  return at;
}

/** The same for what is rarely short: four at a time cost half of what they do one by one. */
export function skipRun(bytes: Uint8Array, from: number, kind: number): number {
  let at = from;
  for (const last = bytes.length - 4; at <= last; at += 4) {
    if ((kindAt(bytes, at) & kindAt(bytes, at + 1) & kindAt(bytes, at + 2) & kindAt(bytes, at + 3) & kind) === 0) break;
  }
  return skip(bytes, at, kind);
}

function kindAt(bytes: Uint8Array, at: number): number {
  return KINDS[bytes[at] as number] as number; // whoever asks is in range
}

let nameHash = 0;

/** Hash of the name that {@link skipName} stepped over last: made on the way, it costs next to nothing. */
export function lastNameHash(): number {
  return nameHash;
}

/** Steps over a name (XML 1.0 §2.3); stays where it is when there is none. */
export function skipName(bytes: Uint8Array, from: number): number {
  // A name begins with a letter, `_` or `:`; digits, `-` and `.` come before those in ASCII.
  if (!((bytes[from] as number) >= 0x3a)) return from; // nor at the end of the document
  let hash = 0;
  let at = from;
  while (at < bytes.length) {
    const byte = bytes[at] as number; // in range
    if (((KINDS[byte] as number) & NAME) === 0) break;
    hash = (hash * 31 + byte) | 0;
    at++;
  }
  nameHash = hash;
  return at;
}
