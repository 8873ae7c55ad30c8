import { interned } from '../strings/interned.js';
import { ENTRY_BYTES, messageMemory } from '../strings/message-memory.js';
import { XmlError } from './xml-error.js';

/** A name taken apart: `wsman:Selector`, or `Selector` with an empty prefix. */
export interface QualifiedName {
  readonly text: string;
  readonly prefix: string;
  readonly localName: string;
  /** The prefix that an attribute of this name declares, empty for the default namespace; undefined when it is no declaration. */
  readonly declares: string | undefined;
}

/**
 * Names seen before. Messages use the same few hundred over and over, so each is taken apart once, and what reads the
 * tree compares strings that are the very same objects. Bounded, because peers choose names.
 */
const remembered = new Map<string, QualifiedName>();
const MAX_KNOWN = 2048;
/** How long new names are only taken apart, in milliseconds, when so many have come: to remember them takes ten times as long. */
const REST_MS = 1000;
let lastFilled = Number.NEGATIVE_INFINITY;
/** Others are taken apart each time. */
const USUAL_NAME = /^[ -~]{1,128}$/;
const memory = messageMemory.join({ forget: () => remembered.clear() });

/** Bytes that a name takes with its pieces. */
export function bytesOfName({ text }: QualifiedName): number {
  return 160 + 3 * text.length;
}

/**
 * Takes the name of an element or attribute apart (Namespaces in XML 1.0 §4).
 *
 * @throws {@link XmlError} when the name has an empty part, more than one colon, or a part that begins as no name does
 */
export function splitName(name: string): QualifiedName {
  return remembered.get(name) ?? splitNewName(name);
}

function splitNewName(text: string): QualifiedName {
  if (!USUAL_NAME.test(text)) return split(text);
  if (remembered.size >= MAX_KNOWN) {
    const now = performance.now();
    if (now - lastFilled < REST_MS) return split(text);
    lastFilled = now;
    remembered.clear();
    memory.give(memory.used);
  }
  const name = intern(split(text));
  if (memory.take(ENTRY_BYTES + bytesOfName(name))) remembered.set(name.text, name);
  return name;
}

/** Its pieces are compared and looked up in message after message. */
function intern({ text, prefix, localName, declares }: QualifiedName): QualifiedName {
  return {
    text: interned(text),
    prefix: interned(prefix),
    localName: interned(localName),
    declares: declares === undefined ? undefined : interned(declares),
  };
}

/** What may stand within a name but not begin it. Behind a colon a name begins anew, which the parser does not look at. */
const NO_START = /^(?:[-.\d\xb7\u203f\u2040]|[\u0300-\u036f])/;

function split(text: string): QualifiedName {
  const colon = text.indexOf(':');
  if (colon === -1) return { text, prefix: '', localName: text, declares: text === 'xmlns' ? '' : undefined };
  const prefix = text.slice(0, colon);
  const localName = text.slice(colon + 1);
  if (prefix === '' || localName === '' || localName.includes(':') || NO_START.test(localName)) {
    throw new XmlError('not-well-formed', 'A name is not a qualified name.');
  }
  return { text, prefix, localName, declares: prefix === 'xmlns' ? localName : undefined };
}
