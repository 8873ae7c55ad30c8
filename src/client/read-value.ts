import type { CimDateTime } from '../cim/cim-date-time.js';
import { CimInstance } from '../cim/cim-instance.js';
import type { InstancePath } from '../cim/instance-path.js';
import { NameMap } from '../cim/name-map.js';
import { parseDateTime } from './date-time-text.js';
import { splitName } from './namespace-scope.js';
import { readReference } from './read-reference.js';
import { parseClassResourceUri } from './resource-uri.js';
import { attributeValue, findChild, type ResponseElement } from './response-element.js';

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
  const found = new NameMap<(OutputScalar | null)[]>();
  for (const child of element.children) {
    // Old Windows answers put the instance's own address among its properties (MS-WSMV 4.1.1).
    if (child.name === 'Location' && findChild(child, 'ReferenceParameters')) continue;
    const values = found.get(child.name);
    if (values) values.push(readScalar(child));
    else found.set(child.name, [readScalar(child)]);
  }
  const values = new NameMap<OutputValue>();
  for (const [name, list] of found) values.set(name, list.length > 1 ? list : (list[0] ?? null));
  return values;
}

function readScalar(element: ResponseElement): OutputScalar | null {
  if (isNil(element)) return null;
  if (element.children.length === 0 && embeddedClass(element) === undefined) return element.text;
  return readReference(element) ?? readDateTime(element) ?? readEmbedded(element);
}

/** OMI binds `xsi` to a wrong namespace, so the local name decides. */
function isNil(element: ResponseElement): boolean {
  return /^\s*(?:true|1)\s*$/i.test(attributeValue(element, 'nil') ?? '');
}

function readDateTime(element: ResponseElement): OutputScalar | undefined {
  const [child] = element.children;
  if (!child || element.children.length > 1 || !dateTimeElements.includes(child.name)) return undefined;
  return parseDateTime(child.text) ?? child.text;
}

function readEmbedded(element: ResponseElement): CimInstance {
  const className = embeddedClass(element) ?? childrenClass(element) ?? element.name;
  return new CimInstance(className, readValues(element));
}

/** The class in `xsi:type="p1:CLASS_Type"`; undefined when there is none or it names a simple type. */
function embeddedClass(element: ResponseElement): string | undefined {
  const [, type] = splitName(attributeValue(element, 'type')?.trim() ?? '');
  return type.endsWith('_Type') ? type.slice(0, -'_Type'.length) : undefined;
}

function childrenClass(element: ResponseElement): string | undefined {
  return parseClassResourceUri(element.children[0]?.namespace ?? '')?.className;
}
