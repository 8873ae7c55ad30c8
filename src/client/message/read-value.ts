import type { CimDateTime } from '../../cim/model/cim-date-time.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { NameMap } from '../../cim/model/name-map.js';
import { parseDateTime } from './date-time-text.js';
import { splitName } from './namespace-scope.js';
import { ownText } from './own-text.js';
import { readReference } from './read-reference.js';
import { parseClassResourceUri } from './resource-uri.js';
import { attributeValue, findChild, type ResponseElement } from './response-element.js';
import { nameMapOf } from './shared-names.js';

/**
 * One value of an answer. Without the class declaration the wire tells text, reference, embedded instance and, where
 * the server writes it as an element, datetime apart; numbers and booleans stay text.
 */
export type OutputScalar = string | InstancePath | CimInstance | CimDateTime;

/** A value of an answer; repeated elements are an array, `null` is NULL. */
export type OutputValue = OutputScalar | null | readonly (OutputScalar | null)[];

const dateTimeElements = ['Datetime', 'Interval', 'CIM_DateTime'];

/** Reads the children of an element as values by name. A name that stands several times has an array. */
export function readValues(element: ResponseElement): NameMap<OutputValue> {
  return readMembers(element, (name, elements) => [name, readElements(elements)]);
}

/**
 * Makes a map of the children of an element: those with one name make one value.
 *
 * @param read gives the name its spelling, and the elements their value
 */
export function readMembers<V>(
  element: ResponseElement,
  read: (name: string, elements: readonly ResponseElement[]) => readonly [name: string, value: V],
): NameMap<V> {
  const names: string[] = [];
  const values: V[] = [];
  const { children } = element;
  for (let at = 0, end = 0; at < children.length; at = end) {
    const first = children[at] as ResponseElement;
    for (end = at + 1; children[end]?.name === first.name; ) end++;
    if (isOwnAddress(first)) continue;
    const [name, value] = read(first.name, end === 1 && children.length === 1 ? children : children.slice(at, end));
    names.push(name);
    values.push(value);
  }
  return nameMapOf(names, values) ?? new NameMap([...groupByName(element)].map(([name, group]) => read(name, group)));
}

/** The children of an element by name, also where those with one name stand apart. */
export function groupByName(element: ResponseElement): NameMap<readonly ResponseElement[]> {
  const found = new NameMap<ResponseElement[]>();
  for (const child of element.children) {
    if (isOwnAddress(child)) continue;
    const elements = found.get(child.name);
    if (elements) elements.push(child);
    else found.set(child.name, [child]);
  }
  return found;
}

/** Old Windows answers put the instance's own address among its properties (MS-WSMV 4.1.1). */
function isOwnAddress(child: ResponseElement): boolean {
  return child.name === 'Location' && findChild(child, 'ReferenceParameters') !== undefined;
}

/** The value of elements with one name, when nothing is known of its type. */
export function readElements(elements: readonly ResponseElement[]): OutputValue {
  const [first] = elements;
  return elements.length > 1 ? elements.map(readScalar) : first ? readScalar(first) : null;
}

function readScalar(element: ResponseElement): OutputScalar | null {
  if (isNil(element)) return null;
  if (element.children.length === 0 && embeddedClass(element) === undefined) return ownText(element.text);
  return readReference(element) ?? readDateTime(element) ?? readEmbedded(element);
}

/** OMI binds `xsi` to a wrong namespace, so the local name decides. */
export function isNil(element: ResponseElement): boolean {
  if (element.attributes.length === 0) return false;
  return /^\s*(?:true|1)\s*$/i.test(attributeValue(element, 'nil') ?? '');
}

/** A datetime in an element of the WS-CIM common namespace; undefined when there is none. */
export function readDateTime(element: ResponseElement): CimDateTime | string | undefined {
  const [child] = element.children;
  if (!child || element.children.length > 1 || !dateTimeElements.includes(child.name)) return undefined;
  return parseDateTime(child.text) ?? child.text;
}

function readEmbedded(element: ResponseElement): CimInstance {
  return new CimInstance(instanceClass(element), readValues(element));
}

/** The class of an embedded instance. */
export function instanceClass(element: ResponseElement): string {
  return embeddedClass(element) ?? childrenClass(element) ?? element.name;
}

/** The class in `xsi:type="p1:CLASS_Type"`; undefined when there is none or it names a simple type. */
export function embeddedClass(element: ResponseElement): string | undefined {
  if (element.attributes.length === 0) return undefined;
  const [, type] = splitName(attributeValue(element, 'type')?.trim() ?? '');
  return type.endsWith('_Type') ? type.slice(0, -'_Type'.length) : undefined;
}

function childrenClass(element: ResponseElement): string | undefined {
  return parseClassResourceUri(element.children[0]?.namespace ?? '')?.className;
}
