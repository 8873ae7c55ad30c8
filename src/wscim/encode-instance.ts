import type { CimClass } from '../cim/model/cim-class.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { NameMap } from '../cim/model/name-map.js';
import { escapeAttribute } from '../xml/escape-xml.js';
import { ns } from '../xml/namespaces.js';
import { type EncodeContext, encodeValue, encodeValueInSteps, isLeftOut } from './encode-value.js';
import { propertiesInOrder } from './properties-in-order.js';

/** The declarations that properties need around them, besides that of their own prefix. */
export const PROPERTY_NAMESPACES = ` xmlns:xsi="${ns.xsi}" xmlns:cim="${ns.cimCommon}" xmlns:m="${ns.microsoft}"`;

/** Which part of an instance is written. */
export interface InstanceView {
  /** Class whose name and properties are written: the instance's own, or a superclass of it. */
  readonly cimClass: CimClass;
  /** URI of that class. */
  readonly uri: string;
  /** Only these properties; all when undefined. */
  readonly properties?: NameMap<true> | undefined;
}

/**
 * Writes an instance as the element of its class (DSP0230 §9, MS-WSMV 2.2.4): `xsi:type`, every property, NULL ones as
 * nil, but for arrays that are left out ({@link isLeftOut}). Prefixes `a` and `w` must be declared around it.
 */
export function encodeInstance(instance: CimInstance, view: InstanceView, context: EncodeContext): string {
  const { cimClass, properties } = view;
  let xml = startOf(view);
  for (const property of propertiesInOrder(cimClass)) {
    if (properties && !properties.has(property.name)) continue;
    const value = instance.get(property.name);
    if (!isLeftOut(property, value, context)) xml += encodeValue('p:', property, value, context);
  }
  return `${xml}</p:${cimClass.name}>`;
}

/** The same in steps ({@link encodeValueInSteps}). */
export function* encodeInstanceInSteps(
  instance: CimInstance,
  view: InstanceView,
  context: EncodeContext,
): Generator<void, string, void> {
  return `${startOf(view)}${yield* encodePropertiesInSteps('p:', instance, view, context)}</p:${view.cimClass.name}>`;
}

function startOf({ cimClass, uri }: InstanceView): string {
  const name = `p:${cimClass.name}`;
  return `<${name} xmlns:p="${escapeAttribute(uri)}"${PROPERTY_NAMESPACES} xsi:type="${name}_Type">`;
}

function* encodePropertiesInSteps(
  prefix: string,
  instance: CimInstance,
  { cimClass, properties }: InstanceView,
  context: EncodeContext,
): Generator<void, string, void> {
  let xml = '';
  for (const property of propertiesInOrder(cimClass)) {
    if (properties && !properties.has(property.name)) continue;
    const value = instance.get(property.name);
    if (!isLeftOut(property, value, context)) xml += yield* encodeValueInSteps(prefix, property, value, context);
  }
  return xml;
}

/**
 * Writes properties of an instance as Windows writes what a query projects (MS-WSMV 3.1.4.1.13, notes 58 and 59): elements in no
 * namespace, in alphabetical order, NULL ones as nil, in `w:XmlFragment`, which does not tell the class.
 */
export function encodeFragment(instance: CimInstance, view: InstanceView, context: EncodeContext): string {
  const { cimClass, properties } = view;
  const plain = { ...context, withoutNamespace: true };
  let xml = FRAGMENT_START;
  for (const property of propertiesInOrder(cimClass)) {
    if (properties && !properties.has(property.name)) continue;
    const value = instance.get(property.name);
    if (!isLeftOut(property, value, context)) xml += encodeValue('', property, value, plain);
  }
  return `${xml}</w:XmlFragment>`;
}

/** The same in steps ({@link encodeValueInSteps}). */
export function* encodeFragmentInSteps(
  instance: CimInstance,
  view: InstanceView,
  context: EncodeContext,
): Generator<void, string, void> {
  const plain = { ...context, withoutNamespace: true };
  return `${FRAGMENT_START}${yield* encodePropertiesInSteps('', instance, view, plain)}</w:XmlFragment>`;
}

/** With the declarations that Windows gives it. */
const FRAGMENT_START = `<w:XmlFragment xmlns:xsi="${ns.xsi}" xmlns:w="${ns.wsman}">`;

/** The names as a set without regard to case. */
export function propertySet(names: readonly string[] | undefined): NameMap<true> | undefined {
  return names && new NameMap(names.map((name) => [name, true] as const));
}
