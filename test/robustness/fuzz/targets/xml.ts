import { readXml } from '../../../../src/xml/read-xml.js';
import type { XmlAttribute, XmlElement } from '../../../../src/xml/xml-element.js';
import { XmlError } from '../../../../src/xml/xml-error.js';
import type { FuzzTarget, Verdict } from '../fuzz-target.js';
import { atLeastOne, readCorpus } from '../read-corpus.js';
import { soapMessages } from '../soap-messages.js';
import { readStrictXml, StrictXmlError } from '../strict-xml.js';
import { XML_WORDS } from '../xml-words.js';

/** What libmi writes without a declaration, and is taken where it does. */
const LENIENT = ['wsa', 'wsman'];

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Documents: taken and refused as a strict reader takes and refuses them, to the same tree, in UTF-16 as in UTF-8. */
export async function open(): Promise<FuzzTarget> {
  return { corpus: atLeastOne([...readCorpus('xml'), ...soapMessages()]), words: XML_WORDS, run };
}

function run(input: Buffer): Verdict {
  const ours = read(() => readXml(input, { charset: 'utf-8' }).root);
  const text = read(() => utf8.decode(input));
  // What begins with the mark of UTF-16 is meant so, whatever else is said.
  if (/^(?:\xff\xfe|\xfe\xff)/.test(input.toString('latin1', 0, 2))) return 'refused';
  if (text instanceof Error) {
    if (!(ours instanceof XmlError && ours.code === 'charset')) throw new Error('what is not UTF-8 is read');
    return 'refused';
  }
  compare(
    ours,
    read(() => readStrictXml(text)),
  );
  const wide = read(() => readXml(Buffer.from(`\ufeff${text}`, 'utf16le')).root);
  if (!sameOutcome(ours, wide)) throw new Error('in UTF-16 it is read in another way');
  return ours instanceof Error ? 'refused' : 'taken';
}

function read<T>(reading: () => T): T | XmlError | StrictXmlError | TypeError {
  try {
    return reading();
  } catch (error) {
    if (error instanceof XmlError || error instanceof StrictXmlError) return error;
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      return error;
    throw error;
  }
}

function sameOutcome(one: XmlElement | Error, other: XmlElement | Error): boolean {
  if (one instanceof XmlError && other instanceof XmlError) return one.code === other.code && one.limit === other.limit;
  return !(one instanceof Error) && !(other instanceof Error) && sameTree(one, other);
}

function sameTree(one: XmlElement, other: XmlElement): boolean {
  const isSame = one.text === other.text && sameName(one, other) && one.attributes.length === other.attributes.length;
  return (
    isSame &&
    one.children.length === other.children.length &&
    one.attributes.every((attribute, at) => sameAttribute(attribute, other.attributes[at])) &&
    one.children.every((child, at) => sameTree(child, other.children[at] ?? one))
  );
}

function sameAttribute(one: XmlAttribute, other: XmlAttribute | undefined): boolean {
  return other !== undefined && one.value === other.value && sameName(one, other);
}

function sameName(one: Omit<XmlAttribute, 'value'>, other: Omit<XmlAttribute, 'value'>): boolean {
  const { prefix, localName, namespaceUri } = other;
  return one.prefix === prefix && one.localName === localName && one.namespaceUri === namespaceUri;
}

function compare(ours: XmlElement | Error, strict: XmlElement | Error): void {
  if (ours instanceof XmlError && ours.limit !== undefined) return;
  if (ours instanceof Error) {
    // What stands in a value is nothing to Namespaces in XML; there, names of types are looked at all the same.
    if (ours instanceof XmlError && ours.message.includes('of the type ')) return;
    if (!(strict instanceof Error)) throw new Error(`refused, but well-formed: ${ours.message}`);
    return;
  }
  if (strict instanceof Error) {
    const isLenient = strict instanceof StrictXmlError && LENIENT.includes(strict.undeclared ?? '');
    if (!isLenient) throw new Error(`taken, but not well-formed: ${strict.message}`);
    return;
  }
  if (sameTree(ours, strict)) return;
  throw new Error(`read as\n${JSON.stringify(ours)}\nin the place of\n${JSON.stringify(strict)}`);
}
