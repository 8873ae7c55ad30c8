import type { CimClass, CimProperty, CimQualifier } from '../cim/model/cim-class.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import { type CimEmbedding, type CimType, describeType, elementType } from '../cim/model/cim-type.js';
import type { CimScalar, CimValue } from '../cim/model/cim-value.js';
import { NameMap } from '../cim/model/name-map.js';
import { parseScalar } from '../cim/model/parse-scalar.js';
import { shorten } from '../cim/model/shorten.js';
import { aboutName } from '../cim/model/unknown-name.js';
import { findInstanceElement, parseInstanceElement } from '../cimxml/parse-instance.js';
import { detached } from '../strings/detached.js';
import { ns } from '../xml/namespaces.js';
import type { XmlElement } from '../xml/xml-element.js';
import { isNil, xsiType } from '../xml/xsi.js';
import { decodeDateTime } from './decode-date-time.js';
import { decodeReference } from './decode-reference.js';
import { embeddedClassName } from './embedded-class-name.js';
import { readEmbeddedText } from './embedded-text.js';
import { octetsFromBase64 } from './octet-string.js';
import { parseClassUri } from './resource-uri.js';
import { typeMismatch, UnreadableValueError } from './type-mismatch.js';
import { UnknownNameError } from './unknown-name-error.js';
import type { WscimContext } from './wscim-context.js';

/** A property or parameter that a value is read for. */
export interface DecodeTarget {
  readonly name: string;
  readonly type: CimType;
  readonly qualifiers: NameMap<CimQualifier>;
}

/**
 * Reads the value of a property or parameter from its elements (DSP0230 §8): one element for a single value, one for
 * each member of an array, one with `xsi:nil` for NULL.
 *
 * @param what names the target in messages (`Parameter Goal`)
 * @throws CimError TypeMismatch, InvalidParameter
 */
export function decodeValue(
  elements: readonly XmlElement[],
  target: DecodeTarget,
  what: string,
  context: WscimContext,
): CimValue {
  const [first] = elements;
  if (!first) return null;
  if (!target.type.array) {
    if (elements.length > 1) throw typeMismatch(what, `${elements.length} values were given for a single one`);
    return decodeScalar(first, target.type, what, context);
  }
  if (elements.length === 1 && isNil(first)) return null;
  if (elements.length === 1 && isOctetString(first, target)) return octetsFromBase64(first.text, what);
  const type = elementType(target.type);
  return elements.map((element, index) => decodeScalar(element, type, `${what}[${index}]`, context));
}

/** Members of an array that are read in one step: each may be a reference or an object, which takes up to some 50 µs. */
const MEMBERS_OF_STEP = 16;

/** The same in steps, each of which takes no longer than a millisecond or two as long as no single member does. */
export function* decodeValueInSteps(
  elements: readonly XmlElement[],
  target: DecodeTarget,
  what: string,
  context: WscimContext,
): Generator<void, CimValue, void> {
  if (!target.type.array || elements.length <= MEMBERS_OF_STEP) return decodeValue(elements, target, what, context);
  const type = elementType(target.type);
  const members: (CimScalar | null)[] = [];
  for (const element of elements) {
    if (members.length % MEMBERS_OF_STEP === 0) yield;
    members.push(decodeScalar(element, type, `${what}[${members.length}]`, context));
  }
  return members;
}

/** `uint8[]` with OctetString travels as one base64 text (DSP0230 §8.2.4), or byte by byte like any array. */
function isOctetString(element: XmlElement, target: DecodeTarget): boolean {
  if (target.type.name !== 'uint8' || target.qualifiers.get('OctetString')?.value !== true) return false;
  return /base64Binary$/.test(xsiType(element) ?? '') || !/^\d{1,3}$/.test(element.text.trim());
}

function decodeScalar(element: XmlElement, type: CimType, what: string, context: WscimContext): CimScalar | null {
  if (isNil(element)) return null;
  if (type.name === 'reference') return decodeReference(element, type.referenceClass ?? '', what, context);
  if (type.embedded) return decodeEmbedded(element, type.embedded, what, context);
  if (type.name === 'datetime') return decodeDateTime(element, what);
  if (element.children.length > 0)
    throw typeMismatch(what, `an element was given where ${describeType(type)} is wanted`);
  const value = parseScalar(element.text, type.name);
  if (value === undefined) throw new UnreadableValueError(what, element.text, type.name);
  return typeof value === 'string' ? detached(value) : value;
}

/**
 * Reads an embedded instance in any form that clients send: the properties as child elements (DSP0230 §9.3), or text
 * ({@link readEmbeddedText}). Empty text is NULL. Whether its class is one that the method takes is for the provider to
 * say: it may answer with a ReturnValue.
 */
function decodeEmbedded(
  element: XmlElement,
  embedding: CimEmbedding,
  what: string,
  context: WscimContext,
): CimInstance | null {
  const declared = embedding.kind === 'instance' ? embedding.className : undefined;
  const className = embeddedClassName(element);
  if (element.children.length === 0) {
    if (element.text.trim() !== '') return fromText(element.text, what, context);
    if (className === undefined) return null;
  }
  const nested = className === undefined ? readNestedRoot(element, declared, what, context) : undefined;
  return nested ?? decodeInstance(element, className ?? declared, what, context);
}

/** Clients that put instance XML into the parameter unescaped keep its root as a level of its own. */
function readNestedRoot(
  element: XmlElement,
  declared: string | undefined,
  what: string,
  context: WscimContext,
): CimInstance | undefined {
  const [root, ...more] = element.children;
  if (!root || more.length > 0) return undefined;
  const cimXml = findInstanceElement(element);
  if (cimXml) return parseInstanceElement(cimXml, context.schema);
  const isProperty = declared !== undefined && context.schema.findClass(declared)?.properties.has(root.localName);
  if (isProperty || !context.schema.findClass(root.localName)) return undefined;
  return decodeInstance(root, embeddedClassName(root) ?? root.localName, what, context);
}

function fromText(text: string, what: string, context: WscimContext): CimInstance {
  const read = readEmbeddedText(text, what, context);
  if (read instanceof CimInstance) return read;
  const className = embeddedClassName(read) ?? classOfElement(read, context);
  if (!className) throw typeMismatch(what, `element ${read.localName} is not an instance of a class served here`);
  return decodeInstance(read, className, what, { ...context, insideText: true });
}

/** The class an element stands for: its namespace is a class URI, or its name is a class. */
function classOfElement(element: XmlElement, context: WscimContext): string | undefined {
  const fromUri = parseClassUri(element.namespaceUri)?.className;
  const candidates = [element.localName, fromUri];
  return candidates.find((name) => name !== undefined && context.schema.findClass(name) !== undefined);
}

/**
 * Reads the property elements of an instance. `cim:Location`, which old Windows versions add, is passed over.
 *
 * @throws CimError TypeMismatch, InvalidParameter for a property that the class does not have
 */
export function decodeInstance(
  element: XmlElement,
  className: string | undefined,
  what: string,
  context: WscimContext,
): CimInstance {
  const { cimClass, groups } = groupByProperty(element, className, what, context);
  const properties = new NameMap<CimValue>();
  for (const [property, elements] of groups) {
    properties.set(property.name, decodeValue(elements, property, `${what}.${property.name}`, context));
  }
  return new CimInstance(cimClass.name, properties);
}

/** The same in steps ({@link decodeValueInSteps}). */
export function* decodeInstanceInSteps(
  element: XmlElement,
  className: string | undefined,
  what: string,
  context: WscimContext,
): Generator<void, CimInstance, void> {
  const { cimClass, groups } = groupByProperty(element, className, what, context);
  const properties = new NameMap<CimValue>();
  for (const [property, elements] of groups) {
    const value = yield* decodeValueInSteps(elements, property, `${what}.${property.name}`, context);
    properties.set(property.name, value);
  }
  return new CimInstance(cimClass.name, properties);
}

function groupByProperty(
  element: XmlElement,
  className: string | undefined,
  what: string,
  context: WscimContext,
): { readonly cimClass: CimClass; readonly groups: ReadonlyMap<CimProperty, XmlElement[]> } {
  const cimClass = className === undefined ? undefined : context.schema.findClass(className);
  if (!cimClass)
    throw aboutName(
      typeMismatch(what, `class ${className ?? 'of the embedded object'} does not exist in ${context.namespace}`),
      { kind: 'class', name: className ?? '', schema: context.schema },
    );
  const groups = new Map<CimProperty, XmlElement[]>();
  for (const child of element.children) {
    if (child.namespaceUri === ns.cimCommon && child.localName === 'Location') continue;
    const property = cimClass.properties.get(child.localName);
    if (!property) throw unknownProperty(what, cimClass, child.localName);
    const group = groups.get(property);
    if (group) group.push(child);
    else groups.set(property, [child]);
  }
  return { cimClass, groups };
}

function unknownProperty(what: string, cimClass: CimClass, name: string): UnknownNameError {
  const place = what === cimClass.name ? '' : `${what}: `;
  const text = `${place}Class ${cimClass.name} has no property ${shorten(name, 200)}.`;
  return aboutName(new UnknownNameError('property', text), { kind: 'property', name, cimClass });
}
