import { XmlError } from './xml-error.js';

/** A name taken apart: `wsman:Selector`, or `Selector` with an empty prefix. */
export interface QualifiedName {
  readonly prefix: string;
  readonly localName: string;
}

/**
 * Names seen before. Messages use the same few hundred over and over, so each is taken apart once, and what reads the
 * tree compares strings that are whole and hashed already. Bounded, because peers choose names.
 */
const known = new Map<string, QualifiedName>();
const MAX_KNOWN = 2048;
/** Others are taken apart each time. */
const USUAL_NAME = /^[ -~]{1,128}$/;

/**
 * Takes the name of an element or attribute apart (Namespaces in XML 1.0 §4).
 *
 * @throws {@link XmlError} when the name has an empty part, more than one colon, or the prefix `xmlns`
 */
export function splitName(name: string): QualifiedName {
  return known.get(name) ?? splitNewName(name);
}

function splitNewName(text: string): QualifiedName {
  const parts = split(text);
  if (!USUAL_NAME.test(text)) return parts;
  if (known.size >= MAX_KNOWN) known.clear();
  const copy = { prefix: detached(parts.prefix), localName: detached(parts.localName) };
  known.set(detached(text), copy);
  return copy;
}

/** A copy of ASCII text: a piece of a document would keep the text of the whole document in memory. */
function detached(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

function split(name: string): QualifiedName {
  const colon = name.indexOf(':');
  if (colon === -1) return { prefix: '', localName: name };
  const prefix = name.slice(0, colon);
  const localName = name.slice(colon + 1);
  if (prefix === '' || prefix === 'xmlns' || localName === '' || localName.includes(':')) {
    throw new XmlError('not-well-formed', 'A name is not a qualified name.');
  }
  return { prefix, localName };
}
