import { NOT_REMEMBERED, type PlainDocument, type ReaderMemory } from './reader-memory.js';
import { BLANK, lastNameHash, skip, skipName, skipRun, TEXT, VALUE } from './skip-ascii.js';

/**
 * Reads an ASCII document that is nothing but tags, attributes and text: no references, comments, CDATA sections,
 * processing instructions or carriage returns, and an XML declaration at most. Requests nearly always are, and reading them
 * here takes a third of the time that the parser takes; what was in an earlier document word for word is not even read again
 * (docs/performance.md).
 *
 * It judges nothing. At the first thing that it does not expect, allowed or not, it gives up, and the parser reads the
 * document from its beginning and says what is wrong with it, if anything is.
 *
 * @param document bytes, since looking at them is several times as fast as looking at characters; a string, since strings cut
 *   from it are made at no cost; and the builder, which is given what the parser would give it, up to the place where reading ended
 * @param memory of documents that were read with the same limits
 * @returns whether the document was read to its end
 */
export function readPlainXml(document: PlainDocument, memory: ReaderMemory): boolean {
  return readOn(beginPlainXml(document, memory), document.bytes.length) === 'read';
}

/** A plain document that is read bit by bit: its first tag. */
export function beginPlainXml({ bytes, text, builder }: PlainDocument, memory: ReaderMemory): Reading {
  const reading: Reading = { bytes, text, builder, memory, open: [], names: [], at: 0 };
  reading.at = readFirstTag(reading, skip(bytes, DECLARATION.exec(text)?.[0].length ?? 0, BLANK));
  return reading;
}

/**
 * Reads on until a place is reached: the tag or the text that stands there is read, too.
 *
 * @param until in bytes from the beginning
 */
export function readOn(reading: Reading, until: number): 'read' | 'unfinished' | 'not plain' {
  const { bytes, open } = reading;
  let { at } = reading;
  while (open.length > 0 && at !== GIVEN_UP && at < until) {
    at = readText(reading, at);
    if (bytes[at] !== LESS) at = GIVEN_UP;
    else at = bytes[at + 1] === SLASH ? readEndTag(reading, at) : readElement(reading, at);
  }
  reading.at = at;
  if (at !== GIVEN_UP && open.length > 0 && at < bytes.length) return 'unfinished';
  return open.length === 0 && at !== GIVEN_UP && skip(bytes, at, BLANK) === bytes.length ? 'read' : 'not plain';
}

/** The XML declaration as libraries write it. What it says of the encoding has no say, here as elsewhere. */
const DECLARATION = /^<\?xml version=(["'])1\.0\1(?: encoding=(["'])[A-Za-z][\w.-]*\2)? ?\?>/;

/** A document and how far it has been read. */
export interface Reading extends PlainDocument {
  readonly memory: ReaderMemory;
  /** Of each open element: where its name begins, where it ends, and its hash. */
  readonly open: number[];
  /** Names of the present start tag's attributes. The array is used again for every tag. */
  readonly names: string[];
  /** Where to go on, or {@link GIVEN_UP}. */
  at: number;
}

/** In the place of a place: the document is not plain. */
const GIVEN_UP = -1;

/*
 * Each of these reads what begins at `from`, and returns the place behind it, or GIVEN_UP.
 */

/** The start tag of the root, or an empty root. */
function readFirstTag(reading: Reading, from: number): number {
  const { bytes, memory, open } = reading;
  const nameEnd = skipName(bytes, from + 1);
  if (bytes[from] !== LESS || nameEnd === from + 1) return GIVEN_UP;
  const hash = lastNameHash();
  const recalled = memory.recallRootTag(reading, from);
  if (recalled !== NOT_REMEMBERED) {
    open.push(from + 1, nameEnd, hash);
    return recalled;
  }
  const end = readStartTag(reading, from, nameEnd, hash);
  if (end !== GIVEN_UP && open.length > 0) memory.keepRootTag(reading, from, end);
  return end;
}

/** A whole element, if one like it has been read before; else its start tag, or an empty element. */
function readElement(reading: Reading, from: number): number {
  const nameEnd = skipName(reading.bytes, from + 1);
  if (nameEnd === from + 1) return GIVEN_UP;
  const hash = lastNameHash();
  const recalled = reading.memory.recallElement(reading, from, hash);
  return recalled === NOT_REMEMBERED ? readStartTag(reading, from, nameEnd, hash) : recalled;
}

/** A start tag, or an empty element, whose name ends at `nameEnd`. */
function readStartTag(reading: Reading, from: number, nameEnd: number, hash: number): number {
  const { bytes, builder, memory, open } = reading;
  const name = memory.name(reading, from + 1, nameEnd, hash);
  const end = readAttributes(reading, nameEnd);
  if (end === GIVEN_UP) return GIVEN_UP;
  builder.openElement(name);
  if (bytes[end] === GREATER) {
    open.push(from + 1, nameEnd, hash);
    return end + 1;
  }
  builder.closeElement();
  return bytes[end + 1] === GREATER ? end + 2 : GIVEN_UP;
}

/** All attributes of a start tag, and the blanks before its `>` or `/`. */
function readAttributes(reading: Reading, from: number): number {
  const { bytes } = reading;
  let at = from;
  for (let count = 0; ; count++) {
    const begin = skip(bytes, at, BLANK);
    if (bytes[begin] === GREATER || bytes[begin] === SLASH) return begin;
    if (begin === at) return GIVEN_UP;
    at = readAttribute(reading, begin, count);
    if (at === GIVEN_UP) return GIVEN_UP;
  }
}

/** @param before how many attributes the tag has before this one */
function readAttribute(reading: Reading, from: number, before: number): number {
  const { bytes, text, builder, memory, names } = reading;
  const end = skipName(bytes, from);
  if (end === from || bytes[end] !== EQUALS) return GIVEN_UP;
  const quote = bytes[end + 1];
  if (quote !== QUOTE && quote !== APOSTROPHE) return GIVEN_UP;
  const name = memory.name(reading, from, end, lastNameHash());
  const close = skipRun(bytes, end + 2, VALUE);
  if (bytes[close] !== quote) return GIVEN_UP;
  for (let at = 0; at < before; at++) if (names[at] === name.text) return GIVEN_UP;
  names[before] = name.text;
  builder.attribute(name, text.slice(end + 2, close));
  return close + 1;
}

function readText({ bytes, text, builder }: Reading, from: number): number {
  const end = skipRun(bytes, from, TEXT);
  if (end > from) builder.text(text.slice(from, end));
  return end;
}

function readEndTag(reading: Reading, from: number): number {
  const { bytes, builder, memory, open } = reading;
  const hash = open.pop() ?? 0;
  const nameEnd = open.pop() ?? 0;
  const name = open.pop() ?? 0;
  let at = from + 2;
  for (let of = name; of < nameEnd; of++) if (bytes[at++] !== bytes[of]) return GIVEN_UP;
  if (bytes[at] !== GREATER) return GIVEN_UP;
  builder.closeElement();
  memory.keepElement(reading, name - 1, at + 1, hash);
  return at + 1;
}

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
