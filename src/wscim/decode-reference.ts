import type { CimTypeName } from '../cim/cim-type.js';
import { type CimKeyValue, InstancePath, sameNamespace } from '../cim/instance-path.js';
import { NameMap } from '../cim/name-map.js';
import { shorten } from '../cim/shorten.js';
import { ns } from '../xml/namespaces.js';
import { readXmlText } from '../xml/read-xml.js';
import { attributeOf, type XmlElement } from '../xml/xml-element.js';
import { XmlError } from '../xml/xml-error.js';
import { isNil } from '../xml/xsi.js';
import { decodeDateTime } from './decode-date-time.js';
import { embeddedClassName } from './embedded-class-name.js';
import { findServedClass, keyFromText, pathFromText } from './path-from-text.js';
import { parseClassUri } from './resource-uri.js';
import { typeMismatch } from './type-mismatch.js';
import type { WscimContext } from './wscim-context.js';

/** The selector that carries the namespace of a DMTF resource URI (DSP0227 §6.3). */
export const NAMESPACE_SELECTOR = '__cimnamespace';

/**
 * References in keys of references in keys … The text of such a path doubles its backslashes at each level (DSP0004
 * §8.2.5), so the levels are bounded. An association between associations has two.
 */
const MAX_LEVELS = 4;

/**
 * Reads a reference from the element of a parameter, property or selector: an EPR whose children stand in it directly
 * (Windows, libmi) or inside `a:EndpointReference` (Go clients), an instance sent in the place of a reference
 * (`Invoke-CimMethod -ClassName` with a CimInstance), an object path, or an EPR as escaped text (`winrm … @{}`).
 *
 * Keys get the types that the class declares. A path to a namespace not served here keeps them as text.
 *
 * @param what names the element in messages
 * @throws CimError TypeMismatch or InvalidParameter
 */
export function decodeReference(
  element: XmlElement,
  declaredClass: string,
  what: string,
  context: WscimContext,
): InstancePath {
  const level = (context.referenceLevel ?? 0) + 1;
  if (level > MAX_LEVELS) throw typeMismatch(what, `references are nested more than ${MAX_LEVELS} levels deep`);
  const inside = { ...context, referenceLevel: level };
  const wrapped = only(element.children, isEpr, what);
  if (wrapped) return decodeEpr(wrapped, what, inside);
  if (element.children.some(isReferenceParameters)) return decodeEpr(element, what, inside);
  if (element.children.length > 0) return reduceInstance(element, declaredClass, what, inside);
  return decodeText(element.text.trim(), declaredClass, what, inside);
}

/**
 * Reads a key from a selector or property element. The type is unknown for names that are no properties of the class;
 * such a key stays as it is, and its path finds nothing.
 *
 * @throws CimError TypeMismatch
 */
export function decodeKey(
  element: XmlElement,
  name: string,
  type: CimTypeName | undefined,
  what: string,
  context: WscimContext,
): CimKeyValue {
  if (isNil(element)) throw typeMismatch(what, `key ${shorten(name)} is NULL`);
  if (type === 'datetime') return decodeDateTime(element, what);
  const hasChildren = element.children.length > 0;
  if (hasChildren && (type === 'reference' || type === undefined)) return decodeReference(element, '', what, context);
  if (hasChildren)
    throw typeMismatch(what, `an element was given where key ${shorten(name)} of type ${type} is wanted`);
  const text = withoutLayout(element.text);
  return type === undefined ? text : keyFromText(text, type, name, what, context);
}

function isEpr({ localName }: XmlElement): boolean {
  return localName === 'EndpointReference';
}

/** Some clients put the selectors into ReferenceProperties, which WS-Addressing 2004/08 has as well. */
function isReferenceParameters({ localName }: XmlElement): boolean {
  return localName === 'ReferenceParameters' || localName === 'ReferenceProperties';
}

function decodeEpr(epr: XmlElement, what: string, context: WscimContext): InstancePath {
  const parameters = epr.children.filter(isReferenceParameters).flatMap(({ children }) => children);
  const uri = only(parameters, ({ localName }) => localName === 'ResourceURI', what)?.text.trim();
  if (!uri) throw typeMismatch(what, 'the endpoint reference has no ResourceURI');
  const resource = parseClassUri(uri);
  if (!resource || resource.className === '*')
    throw typeMismatch(what, `'${shorten(uri, 200)}' is not the URI of a class`);
  const set = only(parameters, ({ localName }) => localName === 'SelectorSet', what);
  const selectors = readSelectors(set, what);
  const selected = selectors.get(NAMESPACE_SELECTOR)?.text.trim();
  selectors.delete(NAMESPACE_SELECTOR);
  if (selected && resource.namespace !== undefined && !sameNamespace(selected, resource.namespace)) {
    throw typeMismatch(what, 'resource URI and selector __cimnamespace name different namespaces');
  }
  const namespace = resource.namespace ?? (selected || context.namespace);
  const cimClass = findServedClass(namespace, resource.className, what, context);
  const keys = new NameMap<CimKeyValue>();
  for (const [name, selector] of selectors) {
    keys.set(name, decodeKey(selector, name, cimClass?.properties.get(name)?.type.name, what, context));
  }
  return new InstancePath({ namespace, className: cimClass?.name ?? resource.className, keys });
}

function readSelectors(set: XmlElement | undefined, what: string): NameMap<XmlElement> {
  const selectors = new NameMap<XmlElement>();
  for (const selector of set?.children ?? []) {
    if (selector.localName !== 'Selector') continue;
    const name = (attributeOf(selector, 'Name') ?? attributeOf(selector, 'Name', ns.wsman))?.trim();
    if (!name) throw typeMismatch(what, 'a Selector has no Name');
    if (selectors.has(name)) throw typeMismatch(what, `selector ${shorten(name)} is given twice`);
    selectors.set(name, selector);
  }
  return selectors;
}

/** An instance given for a reference is reduced to its key properties; all others are passed over. */
function reduceInstance(element: XmlElement, declaredClass: string, what: string, context: WscimContext): InstancePath {
  const className = embeddedClassName(element) ?? declaredClass;
  if (className === '') throw typeMismatch(what, 'the element holds no endpoint reference');
  const cimClass = context.schema.findClass(className);
  if (!cimClass) throw typeMismatch(what, `class ${shorten(className, 200)} does not exist in ${context.namespace}`);
  const wanted = new NameMap<XmlElement | undefined>(cimClass.keys.map(({ name }) => [name, undefined] as const));
  for (const child of element.children) {
    if (!wanted.has(child.localName)) continue;
    if (wanted.get(child.localName)) throw typeMismatch(what, `key ${child.localName} is given twice`);
    wanted.set(child.localName, child);
  }
  const keys = new NameMap<CimKeyValue>();
  for (const { name, type } of cimClass.keys) {
    const child = wanted.get(name);
    if (!child) throw typeMismatch(what, `the instance of ${cimClass.name} lacks its key ${name}`);
    keys.set(name, decodeKey(child, name, type.name, what, context));
  }
  return new InstancePath({ namespace: context.namespace, className: cimClass.name, keys });
}

function decodeText(text: string, declaredClass: string, what: string, context: WscimContext): InstancePath {
  const wanted = `an endpoint reference${declaredClass && ` to ${declaredClass}`} is wanted`;
  if (text === '') throw typeMismatch(what, `${wanted}, the element is empty`);
  if (text.startsWith('<')) {
    if (context.insideText) throw typeMismatch(what, 'XML inside text inside text is not read');
    return decodeReference(wrap(readEprText(text, what)), declaredClass, what, { ...context, insideText: true });
  }
  const path = pathFromText(text, what, context);
  if (!path) throw typeMismatch(what, `${wanted}, not text`);
  return path;
}

function readEprText(text: string, what: string): XmlElement {
  try {
    return readXmlText(text);
  } catch (error) {
    if (error instanceof XmlError) throw typeMismatch(what, `the endpoint reference in the text is not XML`);
    throw error;
  }
}

function wrap(child: XmlElement): XmlElement {
  return { prefix: '', localName: '', namespaceUri: '', attributes: [], children: [child], text: '' };
}

/** The one element of its kind, if there is any: of two, nobody could tell which is meant. */
function only(
  elements: readonly XmlElement[],
  isWanted: (element: XmlElement) => boolean,
  what: string,
): XmlElement | undefined {
  const [found, another] = elements.filter(isWanted);
  if (another) throw typeMismatch(what, `${another.localName} is given twice`);
  return found;
}

/** Drops line breaks that a client's layout put around a value, with their indentation; other blanks belong to it. */
function withoutLayout(text: string): string {
  const started = text.trimStart();
  const rest = text.slice(0, text.length - started.length).includes('\n') ? started : text;
  const ended = rest.trimEnd();
  return rest.slice(ended.length).includes('\n') ? ended : rest;
}
