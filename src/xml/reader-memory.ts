import type { ElementBuilder } from './element-builder.js';
import type { QualifiedName } from './qualified-name.js';

/** A document of ASCII characters that is being read. */
export interface PlainDocument {
  readonly bytes: Uint8Array;
  /** The same as a string. */
  readonly text: string;
  /** Holds what was read up to the present place. */
  readonly builder: ElementBuilder;
}

/**
 * Some declarations in their order: the very same object wherever they are made again. What a piece of a document means depends
 * on nothing but its text and this.
 */
export interface Declarations {
  /** The URI declared last, interned: what is read here may be kept longer than its document. */
  readonly uri: string;
  /** Of no other declarations, past or future: what is kept under them holds this and not them, nor all that was declared behind them. */
  readonly id: number;
  /** These and one more; undefined when they are not to be remembered. */
  with(prefix: string, uri: string): Declarations | undefined;
}

/** The memory has nothing like it: it is to be read. No place in a document. */
export const NOT_REMEMBERED = -2;

/**
 * What a reader asks and tells a memory of earlier documents. It saves time and decides nothing: with whatever memory, a document
 * comes to the same tree, and the same is wrong with it. `noMemory` is the proof; what the server uses is in `recall/`.
 *
 * One is made for each document. A hash is of all the bytes of a name: any will do that spreads well.
 */
export interface ReaderMemory {
  /** The absence of declarations, from which those of the document begin; undefined when none are remembered. */
  readonly declarations: Declarations | undefined;

  /**
   * The name that stands in the document, taken apart.
   *
   * @throws {@link XmlError} when it is no qualified name
   */
  name(document: PlainDocument, from: number, end: number, hash: number): QualifiedName;

  /**
   * Gives the builder what reading the root element's start tag would, if an earlier document began with the same.
   *
   * @param from the place of its `<`
   * @returns the place behind the tag, or {@link NOT_REMEMBERED}
   */
  recallRootTag(document: PlainDocument, from: number): number;

  /** Told of the root element's start tag when it has been read, unless it is an empty element. */
  keepRootTag(document: PlainDocument, from: number, end: number): void;

  /**
   * Gives the builder what reading the element would, all that is in it included, if the same stood in an earlier document.
   *
   * @param from the place of its `<`
   * @param hash of its name
   * @returns the place behind the element, or {@link NOT_REMEMBERED}
   * @throws {@link XmlError} when the document passes a limit with it
   */
  recallElement(document: PlainDocument, from: number, hash: number): number;

  /** Told of each element when it has been read to its end and closed, unless it is an empty one. */
  keepElement(document: PlainDocument, from: number, end: number, hash: number): void;
}
