import type { InstancePath } from '../cim/model/instance-path.js';
import type { Schema } from '../cim/schema/schema.js';
import { detached } from '../strings/detached.js';
import { bytesOfText, messageMemory } from '../strings/message-memory.js';
import { isLasting } from '../xml/lasting-elements.js';
import { attributeOf, type XmlElement } from '../xml/xml-element.js';
import type { WscimContext } from './wscim-context.js';

/** What an element means that outlives its message. */
interface KnownElement {
  readonly schema: Schema;
  readonly namespace: string;
  readonly path: InstancePath;
}

const rememberedElements = new WeakMap<XmlElement, KnownElement>();

/** The path that was read from this very element before, in the same namespace. */
export function recallElement(element: XmlElement, { schema, namespace }: WscimContext): InstancePath | undefined {
  const known = rememberedElements.get(element);
  return known !== undefined && known.schema === schema && known.namespace === namespace ? known.path : undefined;
}

/** Keeps a path that lasts with an element that does, too. */
export function rememberElement(element: XmlElement, { schema, namespace }: WscimContext, path: InstancePath): void {
  // Another namespace has another schema, which may not be served today.
  if (isLasting(element) && path.namespace === namespace) rememberedElements.set(element, { schema, namespace, path });
}

/** References kept for each schema. */
const MAX_REFERENCES = 4096;
/** Characters of the form under which one is kept; longer ones are read each time. */
const MAX_LENGTH = 1024;

/**
 * References read before, by the text they were read from. Clients name the same few systems and services in call after
 * call; a path found here has its canonical form already. What a reference means depends on nothing but its text and
 * the schema of its namespace, and schemas do not change.
 */
let rememberedReferences = new WeakMap<Schema, Map<string, InstancePath>>();

const memory = messageMemory.join({
  forget: () => {
    rememberedReferences = new WeakMap();
  },
});

/** A path with its keys, without their texts: these are in the text that it is kept under, in its keys, and in two canonical forms. */
const PATH_BYTES = 1024;
const TEXTS = 4;

/**
 * A text that is the same for references that are written the same; undefined when the reference has anything but
 * selectors with plain text in them. U+0000 parts what it is made of, which XML cannot carry.
 *
 * @param namespace in which the reference stands
 */
export function referenceText(namespace: string, uri: string, selectorSet: XmlElement | undefined): string | undefined {
  let text = `${namespace}\0${uri}`;
  if (selectorSet === undefined) return text;
  for (const selector of selectorSet.children) {
    const { localName, attributes, children } = selector;
    // A second attribute might be `xsi:nil`.
    if (localName !== 'Selector' || attributes.length !== 1 || children.length > 0) return undefined;
    const name = attributeOf(selector, 'Name');
    if (name === undefined) return undefined;
    text += `\0${name}\0${selector.text}`;
  }
  return text;
}

/** The path that was read from this text before. */
export function recallReference(schema: Schema, text: string): InstancePath | undefined {
  return text.length > MAX_LENGTH ? undefined : rememberedReferences.get(schema)?.get(text);
}

/** Keeps a path that lasts: none of its strings may be a piece of a message. */
export function rememberReference(schema: Schema, text: string, path: InstancePath): void {
  if (text.length > MAX_LENGTH) return;
  if (!memory.take(bytesOf(text))) return;
  let references = rememberedReferences.get(schema);
  if (!references) {
    references = new Map();
    rememberedReferences.set(schema, references);
  }
  if (references.size >= MAX_REFERENCES) {
    for (const known of references.keys()) memory.give(bytesOf(known));
    references.clear();
  }
  references.set(detached(text), path);
}

function bytesOf(text: string): number {
  return PATH_BYTES + TEXTS * bytesOfText(text);
}
