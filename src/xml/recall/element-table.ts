import { interned } from '../../strings/interned.js';
import { markLasting } from '../lasting-elements.js';
import type { Declarations } from '../reader-memory.js';
import type { XmlElement } from '../xml-element.js';

/** An element as it stood in an earlier document. */
export interface KnownElement {
  /** From the first `<` to the last `>`, as a string of its own: a piece would keep the document's text in memory. */
  readonly text: string;
  /** How many elements it stood in. */
  readonly depth: number;
  /** The namespace declarations around it. */
  readonly scope: Declarations;
  /** What reading the text comes to; undefined until it is seen for the second time. */
  element: XmlElement | undefined;
  /** How many elements that is. */
  size: number;
}

// Bounded in number, length and elements, because peers choose what they send: at most about 8 MB.
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
    if (text.slice(at, at + known.text.length) !== known.text || known.depth !== depth || known.scope !== scope)
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
  const first = bucketOf(hash) * WAYS;
  for (let place = first + WAYS - 1; place > first; place--) table[place] = table[place - 1];
  table[first] = { text, depth, scope, element: undefined, size: 0 };
}

/** Keeps what the text of a known element comes to, too. */
export function keepAsRead(known: KnownElement, element: XmlElement | undefined, size: number): void {
  if (element === undefined || size > MAX_SIZE) return;
  known.element = lastingCopy(element);
  known.size = size;
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
