import type { ElementBuilder } from './element-builder.js';
import { findElement, keepAsRead, keepElement } from './element-table.js';
import { knownName } from './name-table.js';
import { findRootTag, keepRootTag, openRoot } from './root-tag-table.js';

/**
 * Reads an ASCII document that is nothing but tags, attributes and text: no references, comments, CDATA sections,
 * processing instructions or carriage returns, and an XML declaration at most. Requests nearly always are, and reading them
 * here takes a third of the time that the parser takes; what was in an earlier document word for word is not even read again
 * (docs/performance.md).
 *
 * It judges nothing. At the first thing that it does not expect, allowed or not, it gives up, and the parser reads the
 * document from its beginning and says what is wrong with it, if anything is.
 *
 * @param bytes the document in ASCII: looking at bytes is several times as fast as looking at characters
 * @param text the same as a string: strings cut from it are made at no cost
 * @param builder is given what the parser would give it, up to the place where reading ended
 * @param remembers whether what earlier documents held may be used: those that were read with the same limits
 * @returns whether the document was read to its end
 */
export function readPlainXml(bytes: Uint8Array, text: string, builder: ElementBuilder, remembers: boolean): boolean {
  const begin = skip(bytes, DECLARATION.exec(text)?.[0].length ?? 0, BLANK);
  const end = readElement(bytes, text, begin, builder, remembers ? MAX_REMEMBERED : 0);
  return end !== GIVEN_UP && skip(bytes, end, BLANK) === bytes.length;
}

/** What one document may look for in the memory, and put into it. */
const MAX_REMEMBERED = 64;

/** SOAP header blocks stand in two elements, the parameters of a method and the properties of an instance in three. */
function isWorthKeeping(depth: number): boolean {
  return depth === 2 || depth === 3;
}

/**
 * @param remembered how many elements may be looked for in the memory
 * @returns the place behind the element
 */
function readElement(
  bytes: Uint8Array,
  text: string,
  from: number,
  builder: ElementBuilder,
  remembered: number,
): number {
  /** Of each open element: where its name begins, and where it ends. */
  const open: number[] = [];
  let left = remembered;
  let at = from;
  do {
    if (bytes[at] !== LESS) return GIVEN_UP;
    if (bytes[at + 1] === SLASH) {
      const begin = (open[open.length - 2] ?? 1) - 1;
      at = readEndTag(bytes, at + 2, open);
      if (at === GIVEN_UP) return GIVEN_UP;
      builder.closeElement();
      if (left > 0 && isWorthKeeping(open.length / 2)) keep(bytes, begin, at, open.length / 2, builder);
    } else {
      let end = NOT_FOUND;
      if (left > 0 && isWorthKeeping(open.length / 2)) {
        end = readAgain(bytes, text, at, open.length / 2, builder);
        if (end === NOT_FOUND) left--;
      }
      if (end !== NOT_FOUND) at = end;
      else if (left > 0 && open.length === 0) at = readRootTag(bytes, text, at, open, builder);
      else at = readStartTag(bytes, text, at + 1, open, builder);
      if (at === GIVEN_UP) return GIVEN_UP;
    }
    if (open.length > 0) {
      const begin = at;
      at = skipRun(bytes, begin, TEXT);
      if (at > begin) builder.text(text.slice(begin, at));
    }
  } while (open.length > 0);
  return at;
}

/** @returns the place behind the element, if one like it has been read before */
function readAgain(bytes: Uint8Array, text: string, at: number, depth: number, builder: ElementBuilder): number {
  const scope = builder.declarations;
  if (scope === undefined || skipName(bytes, at + 1) === at + 1) return NOT_FOUND;
  const known = findElement(text, at, nameHash, depth, scope);
  if (known === undefined) return NOT_FOUND;
  if (known.element === undefined) {
    const before = builder.elements;
    // Read from the text that is kept, so that nothing in it is a piece of this document.
    if (readElement(Buffer.from(known.text, 'latin1'), known.text, 0, builder, 0) === GIVEN_UP) return GIVEN_UP;
    keepAsRead(known, builder.lastChild, builder.elements - before);
  } else {
    builder.child(known.element, known.size);
  }
  return at + known.text.length;
}

function keep(bytes: Uint8Array, from: number, end: number, depth: number, builder: ElementBuilder): void {
  const scope = builder.declarations;
  if (scope === undefined) return;
  skipName(bytes, from + 1);
  keepElement(bytes, from, end, nameHash, depth, scope);
}

/** The XML declaration as libraries write it. What it says of the encoding has no say, here as elsewhere. */
const DECLARATION = /^<\?xml version=(["'])1\.0\1(?: encoding=(["'])[A-Za-z][\w.-]*\2)? ?\?>/;

const GIVEN_UP = -1;
const NOT_FOUND = -2;

/** @returns the place behind the tag */
function readEndTag(bytes: Uint8Array, from: number, open: number[]): number {
  const end = open.pop() ?? 0;
  const begin = open.pop() ?? 0;
  let at = from;
  for (let of = begin; of < end; of++) if (bytes[at++] !== bytes[of]) return GIVEN_UP;
  return bytes[at] === GREATER ? at + 1 : GIVEN_UP;
}

/** @returns the place behind the tag */
function readRootTag(bytes: Uint8Array, text: string, from: number, open: number[], builder: ElementBuilder): number {
  const known = findRootTag(bytes, text, from);
  if (known === undefined) {
    const end = readStartTag(bytes, text, from + 1, open, builder);
    if (end !== GIVEN_UP && open.length > 0) keepRootTag(text.slice(from, end));
    return end;
  }
  openRoot(known, builder);
  open.push(from + 1, from + 1 + known.name.text.length);
  return from + known.text.length;
}

/** @returns the place behind the tag */
function readStartTag(bytes: Uint8Array, text: string, from: number, open: number[], builder: ElementBuilder): number {
  const nameEnd = skipName(bytes, from);
  if (nameEnd === from) return GIVEN_UP;
  const name = knownName(bytes, from, nameEnd, nameHash);
  let names: string[] | undefined;
  let at = nameEnd;
  for (;;) {
    const begin = skip(bytes, at, BLANK);
    if (bytes[begin] === GREATER) {
      builder.openElement(name);
      open.push(from, nameEnd);
      return begin + 1;
    }
    if (bytes[begin] === SLASH) {
      if (bytes[begin + 1] !== GREATER) return GIVEN_UP;
      builder.openElement(name);
      builder.closeElement();
      return begin + 2;
    }
    const end = skipName(bytes, begin);
    if (begin === at || end === begin || bytes[end] !== EQUALS) return GIVEN_UP;
    const quote = bytes[end + 1];
    if (quote !== QUOTE && quote !== APOSTROPHE) return GIVEN_UP;
    const attribute = knownName(bytes, begin, end, nameHash);
    const close = skipRun(bytes, end + 2, VALUE);
    if (bytes[close] !== quote) return GIVEN_UP;
    if (names === undefined) names = [attribute.text];
    else if (names.includes(attribute.text)) return GIVEN_UP;
    else names.push(attribute.text);
    builder.attribute(attribute, text.slice(end + 2, close));
    at = close + 1;
  }
}

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;

// What a character may be part of: bits, by code. Above ASCII, nothing.
const BLANK = 1;
const NAME = 2;
const TEXT = 4;
const VALUE = 8;
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
function skip(bytes: Uint8Array, from: number, kind: number): number {
  let at = from;
  while (at < bytes.length && ((KINDS[bytes[at] as number] as number) & kind) !== 0) at++; // both are in range
  return at;
}

/** The same for what is rarely short: four at a time cost half of what they do one by one. */
function skipRun(bytes: Uint8Array, from: number, kind: number): number {
  let at = from;
  for (const last = bytes.length - 4; at <= last; at += 4) {
    if ((kindAt(bytes, at) & kindAt(bytes, at + 1) & kindAt(bytes, at + 2) & kindAt(bytes, at + 3) & kind) === 0) break;
  }
  return skip(bytes, at, kind);
}

function kindAt(bytes: Uint8Array, at: number): number {
  return KINDS[bytes[at] as number] as number; // whoever asks is in range
}

/** Hash of the name that was stepped over last, for {@link knownName}: made on the way, it costs next to nothing. */
let nameHash = 0;

/** Steps over a name (XML 1.0 §2.3); stays where it is when there is none. */
function skipName(bytes: Uint8Array, from: number): number {
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
