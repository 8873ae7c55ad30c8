import { interned } from '../../strings/interned.js';
import { bytesOfText, messageMemory } from '../../strings/message-memory.js';
import { markLasting } from '../lasting-elements.js';
import type { Declarations } from '../reader-memory.js';
import type { XmlElement } from '../xml-element.js';

/** An element as it stood in an earlier document. */
export interface KnownElement {
  /** From the first `<` to the last `>`, as a string of its own: a piece would keep the document's text in memory. */
  readonly text: string;
  /** How many elements it stood in. */
  readonly depth: number;
  /** The id of the namespace declarations around it. */
  readonly scope: number;
  /** What reading the text comes to; undefined until it is seen for the second time. */
  element: XmlElement | undefined;
  /** How many elements that is. */
  size: number;
  /** Bytes that it takes in memory. */
  held: number;
}

// Bounded in number, length and elements, because peers choose what they send.
const BUCKETS = 128;
const WAYS = 4;
/** Shorter ones are as quickly read as found. */
const MIN_LENGTH = 64;
const MAX_LENGTH = 2048;
const MAX_SIZE = 64;

/**
 * Of sixteen elements that were not found one is kept: what comes again and again soon is among them, and what never does costs
 * little. Steps of the golden ratio, so that no rhythm in the messages leaves out the same element each time.
 */
function isToBeKept(): boolean {
  step = (step + 0x9e3779b9) | 0;
  return step >>> 28 === 0;
}
let step = 0;

/** How often the look into a bucket may fail before only one in eight is made. Found once, all are made again. */
const PATIENCE = 32;
const patience = new Int8Array(BUCKETS).fill(PATIENCE);
let passedOver = 0;

/** Of each bucket the first is what was found last. */
const table: (KnownElement | undefined)[] = new Array<KnownElement | undefined>(BUCKETS * WAYS).fill(undefined);
const memory = messageMemory.join({ forget: () => table.fill(undefined) });

/** One that is known, without its text. */
const KNOWN_BYTES = 96;
/** An element as read with its lists, and an attribute, without their strings. */
const ELEMENT_BYTES = 192;
const ATTRIBUTE_BYTES = 72;
/** Others keep with an element what it means to them, selectors or a path, which is as long as the element a few times. */
const MEANING_BYTES = 1536;
const MEANING_TEXTS = 3;

/**
 * The element that begins here, if it stood at the same depth and under the same declarations in an earlier document: what it
 * means depends on nothing else. Clients repeat themselves, message after message: who is meant, how to answer, the same few
 * systems and services.
 *
 * @param hash of the element's name
 */
export function findElement(
  text: string,
  at: number,
  hash: number,
  depth: number,
  scope: Declarations,
): KnownElement | undefined {
  const bucket = bucketOf(hash);
  const left = patience[bucket] as number; // in range
  if (left === 0 && (++passedOver & 7) !== 0) return undefined;
  const first = bucket * WAYS;
  for (let place = first; place < first + WAYS; place++) {
    const known = table[place];
    if (known === undefined) return undefined;
    // Both are pieces of text that nobody has hashed: they are compared as memory is.
    if (text.slice(at, at + known.text.length) !== known.text || known.depth !== depth || known.scope !== scope.id)
      continue;
    table[place] = table[first];
    table[first] = known;
    patience[bucket] = PATIENCE;
    return known;
  }
  if (left > 0) patience[bucket] = left - 1;
  return undefined;
}

/** Keeps the text of an element that has been read to its end and was not found. */
export function keepElement(
  bytes: Uint8Array,
  from: number,
  end: number,
  hash: number,
  depth: number,
  scope: Declarations,
) {
  if (end - from < MIN_LENGTH || end - from > MAX_LENGTH || !isToBeKept()) return;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from).toString('latin1');
  const held = KNOWN_BYTES + text.length;
  if (!memory.take(held)) return;
  const first = bucketOf(hash) * WAYS;
  memory.give(table[first + WAYS - 1]?.held ?? 0);
  for (let place = first + WAYS - 1; place > first; place--) table[place] = table[place - 1];
  table[first] = { text, depth, scope: scope.id, element: undefined, size: 0, held };
}

/** Keeps what the text of a known element comes to, too. */
export function keepAsRead(known: KnownElement, element: XmlElement | undefined, size: number): void {
  if (element === undefined || size > MAX_SIZE) return;
  const bytes = bytesOfElement(element) + MEANING_BYTES + MEANING_TEXTS * known.text.length;
  if (!memory.take(bytes)) return;
  if (!table.includes(known)) {
    // To make room, all were forgotten.
    memory.give(bytes);
    return;
  }
  known.element = lastingCopy(element);
  known.size = size;
  known.held += bytes;
}

function bytesOfElement({ attributes, children, text }: XmlElement): number {
  let bytes = ELEMENT_BYTES + bytesOfText(text);
  for (const { value } of attributes) bytes += ATTRIBUTE_BYTES + bytesOfText(value);
  for (const child of children) bytes += bytesOfElement(child);
  return bytes;
}

/** Its strings are interned: what is read from them is compared with each other in message after message. */
function lastingCopy({ prefix, localName, namespaceUri, attributes, children, text }: XmlElement): XmlElement {
  const copy: XmlElement = {
    prefix,
    localName,
    namespaceUri,
    attributes: attributes.map((attribute) => ({ ...attribute, value: interned(attribute.value) })),
    children: children.map(lastingCopy),
    text: interned(text),
  };
  markLasting(copy);
  return copy;
}

function bucketOf(hash: number): number {
  return (hash ^ (hash >>> 7)) & (BUCKETS - 1);
}
