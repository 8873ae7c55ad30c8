import { SaxesParser } from 'saxes';
import { checkInstructions } from './check-instructions.js';
import { decodeXml } from './decode-xml.js';
import { ElementBuilder, type Undeclared } from './element-builder.js';
import { findDoctype } from './find-doctype.js';
import { noMemory } from './no-memory.js';
import { splitName } from './qualified-name.js';
import { beginPlainXml, readOn, readPlainXml } from './read-plain-xml.js';
import type { PlainDocument, ReaderMemory } from './reader-memory.js';
import { Recall } from './recall/recall.js';
import type { XmlCharset } from './xml-charset.js';
import type { XmlElement } from './xml-element.js';
import { limitError, XmlError } from './xml-error.js';
import { type XmlLimits, xmlLimits } from './xml-limits.js';

/** How to read a document that arrives as bytes. */
export interface ReadXmlOptions {
  /** The `charset` parameter of the HTTP Content-Type, when there is one. */
  readonly charset?: string | undefined;
  readonly limits?: Partial<XmlLimits> | undefined;
  /** What may be used of earlier documents. Left out: of all that were read with the usual limits, and of none with others. */
  readonly memory?: ReaderMemory | undefined;
}

/** What a document comes to. */
export interface ReadDocument {
  readonly root: XmlElement;
  /** The character set to answer in. */
  readonly charset: XmlCharset;
}

/**
 * Reads a document: decodes it, refuses what is not well-formed XML 1.0 with namespaces, and resolves names. Lenient in one thing
 * only: references may be written as libmi writes them ({@link namespaceOfUndeclared}).
 *
 * @throws {@link XmlError}
 */
export function readXml(bytes: Uint8Array, options: ReadXmlOptions = {}): ReadDocument {
  const limits = xmlLimits(options.limits);
  const { text, charset } = open(bytes, limits, options);
  const memory = options.memory ?? memoryFor(options.limits);
  return { root: readPlain(bytes, text, limits, memory) ?? parse(text, limits, memory, 'refused'), charset };
}

/** The same in steps, none of which takes longer than a few milliseconds. Other documents may be read between them. */
export function* readXmlInSteps(bytes: Uint8Array, options: ReadXmlOptions = {}): Generator<void, ReadDocument, void> {
  const limits = xmlLimits(options.limits);
  const { text, charset } = open(bytes, limits, options);
  yield;
  const memory = options.memory ?? memoryFor(options.limits);
  const root =
    (yield* readPlainInSteps(bytes, text, limits, memory)) ?? (yield* parseInSteps(text, limits, memory, 'refused'));
  return { root, charset };
}

function open(bytes: Uint8Array, limits: XmlLimits, { charset }: ReadXmlOptions) {
  if (bytes.byteLength > limits.bytes) throw limitError('bytes', limits.bytes);
  const decoded = decodeXml(bytes, charset);
  // The parser would pass over a second mark, which is text before the root.
  if (decoded.text.charCodeAt(0) === BYTE_ORDER_MARK)
    throw new XmlError('not-well-formed', 'The XML document begins with two byte order marks.');
  return decoded;
}

const BYTE_ORDER_MARK = 0xfeff;

/** How to read a document that arrives as a string. */
export interface ReadXmlTextOptions {
  readonly limits?: Partial<XmlLimits> | undefined;
  /** What prefixes mean that the text does not declare, as it was cut out of a document that did. Left out: nothing. */
  readonly prefixes?: ReadonlyMap<string, string> | undefined;
}

/**
 * Reads a document that arrives as a string, such as an instance inside a string parameter.
 *
 * @throws {@link XmlError}
 */
export function readXmlText(text: string, options: ReadXmlTextOptions = {}): XmlElement {
  const limits = xmlLimits(options.limits);
  if (text.length > limits.bytes) throw limitError('bytes', limits.bytes);
  if (LONE_SURROGATE.test(text)) throw new XmlError('charset', 'The XML text has half of a surrogate pair.');
  return parse(text, limits, memoryFor(options.limits), 'refused in names', options.prefixes);
}

/** What was read with the usual limits is remembered; under others it might not be allowed. */
function memoryFor(limits: Partial<XmlLimits> | undefined): ReaderMemory {
  return limits === undefined ? new Recall() : noMemory;
}

/** In a Unicode-aware pattern a pair is one character, so only halves match. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Characters read at once, in a millisecond or two. The parser reports some errors, such as text before the root, only at the end
 * of what it was given; so a large document of garbage costs one step.
 */
const STEP = 16 * 1024;

/** Longest piece of the parser's wording we pass on: it quotes names from the document. */
const MESSAGE_LENGTH = 160;

/** The short way for plain documents; on any other the parser starts from the beginning, and judges it. */
function readPlain(bytes: Uint8Array, text: string, limits: XmlLimits, memory: ReaderMemory): XmlElement | undefined {
  const document = plainDocument(bytes, text, limits, memory);
  if (document === undefined) return undefined;
  try {
    return readPlainXml(document, memory) ? document.builder.root : undefined;
  } catch (error) {
    return passedOver(error);
  }
}

function* readPlainInSteps(
  bytes: Uint8Array,
  text: string,
  limits: XmlLimits,
  memory: ReaderMemory,
): Generator<void, XmlElement | undefined, void> {
  const document = plainDocument(bytes, text, limits, memory);
  if (document === undefined) return undefined;
  try {
    const reading = beginPlainXml(document, memory);
    for (;;) {
      const state = readOn(reading, reading.at + STEP);
      if (state !== 'unfinished') return state === 'read' ? document.builder.root : undefined;
      yield;
    }
  } catch (error) {
    return passedOver(error);
  }
}

function plainDocument(
  bytes: Uint8Array,
  text: string,
  limits: XmlLimits,
  memory: ReaderMemory,
): PlainDocument | undefined {
  // As many bytes as characters: ASCII. In UTF-16, which Windows sends, it has to be looked for.
  if (bytes.byteLength !== text.length && !ASCII.test(text)) return undefined;
  const ascii = bytes.byteLength === text.length ? bytes : Buffer.from(text, 'latin1');
  return { bytes: ascii, text, builder: new ElementBuilder(limits, memory.declarations, undefined, 'refused') };
}

/** @throws what the parser would throw, too: it would count the elements likewise, and take seven times as long for it */
function passedOver(error: unknown): undefined {
  if (error instanceof XmlError && error.limit !== 'elements') return undefined;
  throw error;
}

const ASCII = /^[\0-\x7f]*$/;

function parse(
  text: string,
  limits: XmlLimits,
  memory: ReaderMemory,
  undeclared: Undeclared,
  prefixes?: ReadonlyMap<string, string> | undefined,
): XmlElement {
  const steps = parseInSteps(text, limits, memory, undeclared, prefixes);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

function* parseInSteps(
  text: string,
  limits: XmlLimits,
  memory: ReaderMemory,
  undeclared: Undeclared,
  prefixes?: ReadonlyMap<string, string> | undefined,
): Generator<void, XmlElement, void> {
  checkReferences(text, limits.references);
  if (findDoctype(text)) {
    throw new XmlError('doctype', 'The XML document has a document type declaration, which is not allowed.');
  }
  yield* checkInstructions(text);
  const builder = new ElementBuilder(limits, memory.declarations, prefixes, undeclared);
  const parser = createParser(builder);
  try {
    for (let at = 0; at < text.length; at += STEP) {
      if (at > 0) yield;
      parser.write(text.slice(at, at + STEP));
    }
    parser.close();
  } catch (error) {
    throw placed(error, parser.line, parser.column);
  }
  // The parser refuses a document without a root element, so there is one here.
  if (builder.root === undefined) throw new XmlError('not-well-formed', 'The XML document is empty.');
  return builder.root;
}

/**
 * The beginning of a document that was refused because nobody declared a prefix: enough to say which message it is. Such names are in no
 * namespace here.
 *
 * @returns as much of the tree as can be read, if anything
 */
export function readBeginning(
  bytes: Uint8Array,
  { charset }: Pick<ReadXmlOptions, 'charset'> = {},
): XmlElement | undefined {
  const builder = new ElementBuilder(xmlLimits(undefined), undefined, undefined, 'passed over');
  try {
    createParser(builder).write(decodeXml(bytes, charset).text.slice(0, STEP));
  } catch {
    // What stands before it has been read.
  }
  return builder.root;
}

function createParser(builder: ElementBuilder): SaxesParser {
  // XML 1.1 would let control characters in. Without `xmlns` the parser leaves names to us.
  const parser = new SaxesParser({ xmlns: false, position: false, forceXMLVersion: true, defaultXMLVersion: '1.0' });
  // No more than these five: from the eighth handler on, V8 keeps the parser's fields in a hash table and everything
  // takes seven times as long. Its own errors are thrown as plain `Error`s when nothing listens for them.
  parser.on('attribute', ({ name, value }) => builder.attribute(splitName(name), value));
  parser.on('opentag', ({ name }) => builder.openElement(splitName(name)));
  parser.on('text', (data) => builder.text(data));
  parser.on('cdata', (data) => builder.text(data));
  parser.on('closetag', () => builder.closeElement());
  return parser;
}

function checkReferences(text: string, allowed: number): void {
  let count = 0;
  for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', at + 1)) {
    if (++count > allowed) throw limitError('references', allowed);
  }
}

/** The error with the place where the parser stood; what it says itself is cut to a bounded length. */
function placed(error: unknown, line: number, column: number): unknown {
  if (error instanceof XmlError && error.limit !== undefined) {
    return new XmlError(error.code, error.message, { line, column, limit: error.limit });
  }
  // A subclass, such as TypeError, is a mistake of ours and not of the document's.
  if (!(error instanceof XmlError) && !(error instanceof Error && error.constructor === Error)) return error;
  if (error instanceof XmlError && error.code === 'undeclared-prefix') {
    return new XmlError(error.code, `${error.message} It stands at line ${line}, column ${column}.`, { line, column });
  }
  const reason = error.message.slice(0, MESSAGE_LENGTH).replace(/\.$/, '');
  const message = `The XML document is not well-formed at line ${line}, column ${column}: ${reason}.`;
  return new XmlError('not-well-formed', message, { line, column });
}
