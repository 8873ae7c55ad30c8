import type { CimTypeName } from '../cim/model/cim-type.js';
import { type CimKeyValue, InstancePath, sameNamespace } from '../cim/model/instance-path.js';
import { NameMap, sameName } from '../cim/model/name-map.js';
import { parseObjectPath } from '../cim/model/parse-object-path.js';
import { shorten } from '../cim/model/shorten.js';
import { aboutName } from '../cim/model/unknown-name.js';
import { detached } from '../strings/detached.js';
import { ns } from '../xml/namespaces.js';
import { readXmlText } from '../xml/read-xml.js';
import { usualPrefixes } from '../xml/usual-prefixes.js';
import { attributeOf, type XmlElement } from '../xml/xml-element.js';
import { XmlError } from '../xml/xml-error.js';
import { isNil } from '../xml/xsi.js';
import { decodeDateTime } from './decode-date-time.js';
import { embeddedClassName } from './embedded-class-name.js';
import { findServedClass, keyFromText, pathFromText } from './path-from-text.js';
import { readSelectors, type SelectorRules } from './read-selectors.js';
import {
  recallElement,
  recallReference,
  referenceText,
  rememberElement,
  rememberReference,
} from './remembered-references.js';
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
 * @param level how many references it stands in, itself included
 * @throws CimError TypeMismatch or InvalidParameter
 */
export function decodeReference(
  element: XmlElement,
  declaredClass: string,
  what: string,
  context: WscimContext,
  level = 1,
): InstancePath {
  if (level > MAX_LEVELS) throw typeMismatch(what, `references are nested more than ${MAX_LEVELS} levels deep`);
  const known = recallElement(element, context);
  if (known) return known;
  const epr = findEpr(element, what);
  if (epr) {
    const path = decodeEpr(epr, what, context, level);
    rememberElement(element, context, path);
    return path;
  }
  if (element.children.length > 0) return reduceInstance(element, declaredClass, what, context, level);
  return decodeText(element.text.trim(), declaredClass, what, context, level);
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
  level = 0,
): CimKeyValue {
  if (isNil(element)) throw typeMismatch(what, `key ${shorten(name)} is NULL`);
  if (type === 'datetime') return decodeDateTime(element, what);
  const hasChildren = element.children.length > 0;
  if (hasChildren && (type === 'reference' || type === undefined)) {
    return decodeReference(element, '', what, context, level + 1);
  }
  if (hasChildren)
    throw typeMismatch(what, `an element was given where key ${shorten(name)} of type ${type} is wanted`);
  const text = withoutLayout(element.text);
  return type === undefined || type === 'string' ? text : keyFromText(text, type, name, what, context);
}

/** The element that has the parts of an EPR for its children; undefined when the reference is given in another form. */
function findEpr(element: XmlElement, what: string): XmlElement | undefined {
  let wrapped: XmlElement | undefined;
  let hasParameters = false;
  for (const child of element.children) {
    if (child.localName === 'EndpointReference') wrapped = onlyOne(child, wrapped, what);
    else hasParameters ||= isReferenceParameters(child);
  }
  return wrapped ?? (hasParameters ? element : undefined);
}

/** Some clients put the selectors into ReferenceProperties, which WS-Addressing 2004/08 has as well. */
function isReferenceParameters({ localName }: XmlElement): boolean {
  return localName === 'ReferenceParameters' || localName === 'ReferenceProperties';
}

function decodeEpr(epr: XmlElement, what: string, context: WscimContext, level: number): InstancePath {
  const { resourceUri, selectorSet } = findReferenceParts(epr, what);
  const uri = resourceUri?.text.trim();
  if (!uri) throw typeMismatch(what, 'the endpoint reference has no ResourceURI');
  const text = referenceText(context.namespace, uri, selectorSet);
  const known = text === undefined ? undefined : recallReference(context.schema, text);
  if (known) return known;
  const path = readEpr(uri, selectorSet, what, context, level);
  // Another namespace has another schema, which may not be served today.
  if (text !== undefined && path.namespace === context.namespace) rememberReference(context.schema, text, path);
  return path;
}

function readEpr(
  uri: string,
  selectorSet: XmlElement | undefined,
  what: string,
  context: WscimContext,
  level: number,
): InstancePath {
  const resource = parseClassUri(uri);
  if (!resource || resource.className === '*')
    throw typeMismatch(what, `'${shorten(uri, 200)}' is not the URI of a class`);
  const selectors = selectorSet ? readSelectors(selectorSet, selectorRules, what) : new NameMap<XmlElement>();
  const selected = selectors.get(NAMESPACE_SELECTOR)?.text.trim();
  if (selected && resource.namespace !== undefined && !sameNamespace(selected, resource.namespace)) {
    throw typeMismatch(what, 'resource URI and selector __cimnamespace name different namespaces');
  }
  const namespace = detached(resource.namespace ?? (selected || context.namespace));
  const cimClass = findServedClass(namespace, resource.className, what, context);
  const keys = new NameMap<CimKeyValue>();
  for (const [name, selector] of selectors) {
    if (sameName(name, NAMESPACE_SELECTOR)) continue;
    const type = cimClass?.properties.get(name)?.type.name;
    keys.set(detached(name), kept(decodeKey(selector, name, type, what, context, level)));
  }
  return new InstancePath({ namespace, className: cimClass?.name ?? resource.className, keys });
}

/** References outlive the message: they are stored. */
function kept(value: CimKeyValue): CimKeyValue {
  return typeof value === 'string' ? detached(value) : value;
}

function findReferenceParts(
  epr: XmlElement,
  what: string,
): { readonly resourceUri: XmlElement | undefined; readonly selectorSet: XmlElement | undefined } {
  let resourceUri: XmlElement | undefined;
  let selectorSet: XmlElement | undefined;
  for (const parameters of epr.children) {
    if (!isReferenceParameters(parameters)) continue;
    for (const child of parameters.children) {
      if (child.localName === 'ResourceURI') resourceUri = onlyOne(child, resourceUri, what);
      else if (child.localName === 'SelectorSet') selectorSet = onlyOne(child, selectorSet, what);
    }
  }
  return { resourceUri, selectorSet };
}

/** Some clients give the attribute the prefix of its element, and other elements in the set mean nothing. */
const selectorRules: SelectorRules = {
  nameOf: (selector) => attributeOf(selector, 'Name') ?? attributeOf(selector, 'Name', ns.wsman),
  foreign: () => undefined,
  unnamed: (what) => typeMismatch(what, 'a Selector has no Name'),
  twice: (name, what) => typeMismatch(what, `selector ${shorten(name)} is given twice`),
};

/** An instance given for a reference is reduced to its key properties; all others are passed over. */
function reduceInstance(
  element: XmlElement,
  declaredClass: string,
  what: string,
  context: WscimContext,
  level: number,
): InstancePath {
  const className = embeddedClassName(element) ?? declaredClass;
  if (className === '') throw typeMismatch(what, 'the element holds no endpoint reference');
  const cimClass = context.schema.findClass(className);
  if (!cimClass) {
    const error = typeMismatch(what, `class ${shorten(className, 200)} does not exist in ${context.namespace}`);
    throw aboutName(error, { kind: 'class', name: className, schema: context.schema });
  }
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
    keys.set(name, kept(decodeKey(child, name, type.name, what, context, level)));
  }
  return new InstancePath({ namespace: context.namespace, className: cimClass.name, keys });
}

function decodeText(
  text: string,
  declaredClass: string,
  what: string,
  context: WscimContext,
  level: number,
): InstancePath {
  const wanted = `an endpoint reference${declaredClass && ` to ${declaredClass}`} is wanted`;
  if (text === '') throw typeMismatch(what, `${wanted}, the element is empty`);
  if (text.startsWith('<')) {
    if (context.insideText) throw typeMismatch(what, 'XML inside text inside text is not read');
    return decodeReference(
      wrap(readEprText(text, what)),
      declaredClass,
      what,
      { ...context, insideText: true },
      level + 1,
    );
  }
  const path = pathFromText(text, what, context);
  if (path) return path;
  // What has no equals sign was not meant as the path of an object.
  throw typeMismatch(what, text.includes('=') ? String(parseObjectPath(text)) : `${wanted}, not text`);
}

function readEprText(text: string, what: string): XmlElement {
  try {
    return readXmlText(text, { prefixes: usualPrefixes });
  } catch (error) {
    if (error instanceof XmlError) throw typeMismatch(what, `the endpoint reference in the text is not XML`);
    throw error;
  }
}

function wrap(child: XmlElement): XmlElement {
  return { prefix: '', localName: '', namespaceUri: '', attributes: [], children: [child], text: '' };
}

/** The element, if it is the first of its kind: of two, nobody could tell which is meant. */
function onlyOne(element: XmlElement, before: XmlElement | undefined, what: string): XmlElement {
  if (before) throw typeMismatch(what, `${element.localName} is given twice`);
  return element;
}

/** Drops line breaks that a client's layout put around a value, with their indentation; other blanks belong to it. */
function withoutLayout(text: string): string {
  if (!text.includes('\n')) return text;
  const started = text.trimStart();
  const rest = text.slice(0, text.length - started.length).includes('\n') ? started : text;
  const ended = rest.trimEnd();
  return rest.slice(ended.length).includes('\n') ? ended : rest;
}
