import { Buffer } from 'node:buffer';
import { noMemory } from '../no-memory.js';
import type { QualifiedName } from '../qualified-name.js';
import { readPlainXml } from '../read-plain-xml.js';
import { type Declarations, NOT_REMEMBERED, type PlainDocument, type ReaderMemory } from '../reader-memory.js';
import { XmlError } from '../xml-error.js';
import { noDeclarations } from './declarations-table.js';
import { findElement, type KnownElement, keepAsRead, keepElement } from './element-table.js';
import { knownName } from './name-table.js';
import { findRootTag, keepRootTag, openRoot } from './root-tag-table.js';

/** What one document may look for among the elements in vain. */
const MAX_MISSES = 64;

/** SOAP header blocks stand in two elements, the parameters of a method and the properties of an instance in three. */
function isWorthKeeping(depth: number): boolean {
  return depth === 2 || depth === 3;
}

/**
 * The memory of the server: what one document may recall of all that were read before it in this process with the usual limits.
 * Names, the start tags of envelopes, and elements that clients repeat word for word are each found again in bounded tables.
 */
export class Recall implements ReaderMemory {
  readonly declarations: Declarations = noDeclarations;
  #missesLeft = MAX_MISSES;

  name({ bytes }: PlainDocument, from: number, end: number, hash: number): QualifiedName {
    return knownName(bytes, from, end, hash);
  }

  recallRootTag({ bytes, text, builder }: PlainDocument, from: number): number {
    const known = findRootTag(bytes, text, from);
    if (known === undefined) return NOT_REMEMBERED;
    openRoot(known, builder);
    return from + known.text.length;
  }

  keepRootTag({ text }: PlainDocument, from: number, end: number): void {
    keepRootTag(text.slice(from, end));
  }

  recallElement({ text, builder }: PlainDocument, from: number, hash: number): number {
    const { depth, declarations } = builder;
    if (!isWorthKeeping(depth) || this.#missesLeft === 0 || declarations === undefined) return NOT_REMEMBERED;
    const known = findElement(text, from, hash, depth, declarations);
    if (known === undefined) {
      this.#missesLeft--;
      return NOT_REMEMBERED;
    }
    if (known.element === undefined) readKept(known, builder);
    else builder.child(known.element, known.size);
    return from + known.text.length;
  }

  keepElement({ bytes, builder }: PlainDocument, from: number, end: number, hash: number): void {
    const { depth, declarations } = builder;
    if (!isWorthKeeping(depth) || this.#missesLeft === 0 || declarations === undefined) return;
    keepElement(bytes, from, end, hash, depth, declarations);
  }
}

/**
 * The second time an element comes, what it comes to is kept with it. Read from the text that is kept, so that nothing in it is a
 * piece of this document.
 */
function readKept(known: KnownElement, builder: PlainDocument['builder']): void {
  const before = builder.elements;
  const document: PlainDocument = { bytes: Buffer.from(known.text, 'latin1'), text: known.text, builder };
  // It has been read before, so this never is; whoever reads gives up here, and the parser judges.
  if (!readPlainXml(document, noMemory)) throw new XmlError('not-well-formed', 'An element cannot be read again.');
  keepAsRead(known, builder.lastChild, builder.elements - before);
}
