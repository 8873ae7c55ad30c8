import type { CimClass } from '../cim/cim-class.js';
import { type CimKeyValue, InstancePath, sameNamespace } from '../cim/instance-path.js';
import { NameMap, sameName } from '../cim/name-map.js';
import { parseInstancePath } from '../cim/parse-instance-path.js';
import { parseScalar } from '../cim/parse-scalar.js';
import { ns } from '../xml/namespaces.js';
import { readXmlText } from '../xml/read-xml.js';
import { attributeOf, type XmlElement } from '../xml/xml-element.js';
import { XmlError } from '../xml/xml-error.js';
import { embeddedClassName } from './embedded-class-name.js';
import { parseIsoDateTime } from './iso-date-time.js';
import { parseClassUri } from './resource-uri.js';
import { typeMismatch } from './unknown-name-error.js';
import type { WscimContext } from './wscim-context.js';

/** The selector that carries the namespace of a DMTF resource URI (DSP0227 §6.3). */
export const NAMESPACE_SELECTOR = '__cimnamespace';

/**
 * Reads a reference from the element of a parameter, property or selector: an EPR whose children stand in it directly
 * (Windows, libmi) or inside `a:EndpointReference` (Go clients), an instance sent in the place of a reference
 * (`Invoke-CimMethod -ClassName` with a CimInstance), an object path, or an EPR as escaped text (`winrm … @{}`).
 *
 * Keys get the types that the class declares. A path to a class or namespace not served here keeps them as text.
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
  const wrapped = element.children.find((child) => child.localName === 'EndpointReference');
  if (wrapped) return decodeEpr(wrapped, what, context);
  if (referenceProperties(element)) return decodeEpr(element, what, context);
  if (element.children.length > 0) return reduceInstance(element, declaredClass, what, context);
  return decodeText(element.text.trim(), declaredClass, what, context);
}

function referenceProperties(element: XmlElement): XmlElement | undefined {
  return element.children.find(
    (child) => child.localName === 'ReferenceParameters' || child.localName === 'ReferenceProperties',
  );
}

function decodeEpr(epr: XmlElement, what: string, context: WscimContext): InstancePath {
  // Some clients put the selectors into ReferenceProperties, which WS-Addressing 2004/08 has as well.
  const parameters = epr.children.filter(({ localName }) => /^Reference(Parameters|Properties)$/.test(localName));
  const find = (name: string) => parameters.flatMap(({ children }) => children.filter((c) => c.localName === name))[0];
  const uri = find('ResourceURI')?.text.trim();
  if (!uri) throw typeMismatch(what, 'the endpoint reference has no ResourceURI');
  const resource = parseClassUri(uri);
  if (!resource || resource.className === '*')
    throw typeMismatch(what, `'${uri.slice(0, 200)}' is not the URI of a class`);
  const selectors = readSelectors(find('SelectorSet'), what, context);
  const selected = selectors.get(NAMESPACE_SELECTOR);
  selectors.delete(NAMESPACE_SELECTOR);
  if (selected instanceof InstancePath) throw typeMismatch(what, `selector ${NAMESPACE_SELECTOR} is not text`);
  if (selected !== undefined && resource.namespace !== undefined && !sameNamespace(selected, resource.namespace)) {
    throw typeMismatch(what, 'resource URI and selector __cimnamespace name different namespaces');
  }
  const namespace = resource.namespace ?? selected ?? context.namespace;
  return bindKeys(namespace, resource.className, selectors, what, context);
}

/** The raw selectors of a SelectorSet: text, or a path where the selector holds an EPR. */
export function readSelectors(
  set: XmlElement | undefined,
  what: string,
  context: WscimContext,
): NameMap<string | InstancePath> {
  const selectors = new NameMap<string | InstancePath>();
  for (const selector of set?.children ?? []) {
    if (selector.localName !== 'Selector') continue;
    const name = (attributeOf(selector, 'Name') ?? attributeOf(selector, 'Name', ns.wsman))?.trim();
    if (!name) throw typeMismatch(what, 'a Selector has no Name');
    if (selectors.has(name)) throw typeMismatch(what, `selector ${name} is given twice`);
    selectors.set(name, selector.children.length > 0 ? decodeReference(selector, '', what, context) : selector.text);
  }
  return selectors;
}

/** Types the selector texts by the keys of the class. Names that are no keys stay: such a path finds nothing. */
function bindKeys(
  namespace: string,
  className: string,
  selectors: NameMap<string | InstancePath>,
  what: string,
  context: WscimContext,
): InstancePath {
  const schema = sameNamespace(namespace, context.namespace) ? context.schema : context.findSchema(namespace);
  const cimClass = schema?.findClass(className);
  if (schema && !cimClass) throw typeMismatch(what, `class ${className} does not exist in ${namespace}`);
  const keys = new NameMap<CimKeyValue>();
  for (const [name, value] of selectors) keys.set(name, typeKey(cimClass, name, value, what));
  return new InstancePath({ namespace, className: cimClass?.name ?? className, keys });
}

function typeKey(cimClass: CimClass | undefined, name: string, value: CimKeyValue, what: string): CimKeyValue {
  const type = cimClass?.properties.get(name)?.type;
  if (!type || typeof value !== 'string') return value;
  const typed = keyFromText(value, type.name);
  if (typed === undefined) throw typeMismatch(what, `key ${name} is not of type ${type.name}`);
  return typed;
}

/** The value of a key given as text; a reference key may be given as an object path. */
export function keyFromText(text: string, type: Parameters<typeof parseScalar>[1]): CimKeyValue | undefined {
  if (type === 'reference') return parsePathOrNothing(text);
  return type === 'datetime' ? parseIsoDateTime(text) : parseScalar(text, type);
}

function parsePathOrNothing(text: string): InstancePath | undefined {
  try {
    return parseInstancePath(text);
  } catch {
    return undefined;
  }
}

/** An instance given for a reference is reduced to its key properties; all others are passed over. */
function reduceInstance(element: XmlElement, declaredClass: string, what: string, context: WscimContext): InstancePath {
  const className = embeddedClassName(element) ?? declaredClass;
  const cimClass = context.schema.findClass(className);
  if (!cimClass) throw typeMismatch(what, `class ${className} does not exist in ${context.namespace}`);
  const keys = new NameMap<CimKeyValue>();
  for (const key of cimClass.keys) {
    const child = element.children.find(({ localName }) => sameName(localName, key.name));
    if (!child) throw typeMismatch(what, `the instance of ${cimClass.name} lacks its key ${key.name}`);
    const value =
      key.type.name === 'reference'
        ? decodeReference(child, key.type.referenceClass ?? '', what, context)
        : keyFromText(textOf(child), key.type.name);
    if (value === undefined) throw typeMismatch(what, `key ${key.name} is not of type ${key.type.name}`);
    keys.set(key.name, value);
  }
  return new InstancePath({ namespace: context.namespace, className: cimClass.name, keys });
}

/** The text of an element, or of the `cim:Datetime`-like element it wraps. */
function textOf(element: XmlElement): string {
  return element.children[0]?.text ?? element.text;
}

function decodeText(text: string, declaredClass: string, what: string, context: WscimContext): InstancePath {
  if (text === '')
    throw typeMismatch(what, `an endpoint reference to ${declaredClass} is wanted, the element is empty`);
  if (text.startsWith('<')) {
    if (context.insideText) throw typeMismatch(what, 'XML inside text inside text is not read');
    return decodeReference(wrap(readEprText(text, what)), declaredClass, what, { ...context, insideText: true });
  }
  const path = parsePathOrNothing(text);
  if (!path) throw typeMismatch(what, `an endpoint reference to ${declaredClass} is wanted, not text`);
  const keys = new NameMap<string | InstancePath>();
  for (const [name, value] of path.keys) keys.set(name, value instanceof InstancePath ? value : String(value));
  return bindKeys(path.namespace ?? context.namespace, path.className, keys, what, context);
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
