import { CimDateTime } from '../../cim/model/cim-date-time.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { isCimArray } from '../../cim/model/cim-value.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { type ClientScalar, type ClientValue, realText, TypedValue } from '../client-value.js';
import { formatDateTime } from './date-time-text.js';
import type { RequestElement } from './request-element.js';
import type { AddressingStyle } from './request-target.js';
import { checkName, checkText, writeReference } from './request-writer.js';
import { classResourceUri } from './resource-uri.js';
import { wscimTypes } from './wscim-types.js';
import { namespaces } from './wsman-names.js';

/** Where a value is written: as an element `p:NAME` in a class namespace. */
interface ValueContext {
  readonly style: AddressingStyle;
  readonly namespace: string;
  readonly prefix: string;
}

/**
 * Writes a value as elements of that name: one for a scalar, one for each element of an array, one with `xsi:nil` for
 * NULL (MS-WSMV 3.1.4.1.26). An empty array has no form on the wire and writes nothing.
 *
 * @throws TypeError for values that WS-Man cannot carry: a NULL among array elements, a class
 */
export function writeValue(parent: RequestElement, name: string, value: ClientValue, context: ValueContext): void {
  const values: readonly (ClientScalar | null)[] = isList(value) ? value : [value];
  for (const one of values) {
    const element = parent.ele(context.namespace, `${context.prefix}:${checkName(name, 'parameter')}`);
    if (one !== null && one !== undefined) writeScalar(element, one, context);
    else if (isList(value)) throw new TypeError(`${name}: WS-Man cannot carry NULL as an element of an array`);
    else element.att(namespaces.xsi, 'xsi:nil', 'true');
  }
}

function writeScalar(element: RequestElement, value: ClientScalar, context: ValueContext): void {
  if (value instanceof InstancePath) writeReference(element, value, context.style);
  else if (value instanceof CimInstance) writeEmbedded(element, value, context);
  else if (value instanceof TypedValue) writeTyped(element, value);
  else if (value instanceof Date) writeDateTime(element, CimDateTime.fromDate(value));
  else if (value instanceof CimDateTime) writeDateTime(element, value);
  else if (typeof value !== 'object') element.txt(checkText(realText(value)));
  else throw new TypeError('a class declaration cannot be sent as a value');
}

function writeTyped(element: RequestElement, { type, value }: TypedValue): void {
  element.att(namespaces.xsi, 'xsi:type', `cim:${wscimTypes[type]}`);
  if (value instanceof CimDateTime) writeDateTime(element, value);
  // The number of a char16 is read by every server; a digit sent as itself would be taken for a number.
  else element.txt(checkText(type === 'char16' ? String(String(value).charCodeAt(0)) : realText(value)));
}

function writeDateTime(element: RequestElement, value: CimDateTime): void {
  const { element: name, text } = formatDateTime(value);
  element.ele(namespaces.cimCommon, `cim:${name}`).txt(text);
}

/** The element itself holds the instance's properties, in the instance's class namespace, and names its type. */
function writeEmbedded(element: RequestElement, instance: CimInstance, { style, prefix }: ValueContext): void {
  const className = checkName(instance.className, 'class');
  const namespace = classResourceUri(style.family, instance.path?.namespace ?? style.namespace, className);
  // Nested instances take other prefixes, so that each is declared once where it is used.
  const inner = { style, namespace, prefix: `${prefix}i` };
  element.att(namespaces.xmlns, `xmlns:${inner.prefix}`, namespace);
  element.att(namespaces.xsi, 'xsi:type', `${inner.prefix}:${className}_Type`);
  for (const [name, value] of instance.properties) writeValue(element, name, value as ClientValue, inner);
}

function isList(value: ClientValue): value is readonly ClientScalar[] {
  return isCimArray(value as Parameters<typeof isCimArray>[0]);
}
