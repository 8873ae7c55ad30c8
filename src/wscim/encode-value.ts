import { CimDateTime } from '../cim/model/cim-date-time.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import type { CimType } from '../cim/model/cim-type.js';
import { type CimScalar, type CimValue, isCimArray } from '../cim/model/cim-value.js';
import { formatScalar } from '../cim/model/format-scalar.js';
import { InstancePath } from '../cim/model/instance-path.js';
import type { Schema } from '../cim/schema/schema.js';
import { writeClass } from '../cimxml/write-class.js';
import type { WriteClassOptions } from '../cimxml/write-class-options.js';
import { escapeAttribute, escapeText } from '../xml/escape-xml.js';
import { ns } from '../xml/namespaces.js';
import type { DecodeTarget } from './decode-value.js';
import { encodeReference } from './encode-reference.js';
import { toIsoDateTime } from './iso-date-time.js';
import { base64FromOctets } from './octet-string.js';
import { propertiesInOrder } from './properties-in-order.js';
import { classUri, type ResourceUriFamily } from './resource-uri.js';

/** WS-CIM has no form for a class that is a value: it is the text that CIM-XML has for it (DSP0201 §5.2.5.1.2). */
const wholeClass: WriteClassOptions = {
  includeQualifiers: true,
  includeInheritedElements: true,
  includeInheritanceHierarchy: false,
  includeClassOrigin: false,
};

/** How the answer to one request is written. */
export interface EncodeContext {
  /** The family of the request's resource URI: references in the answer follow it. */
  readonly family: ResourceUriFamily;
  readonly namespace: string;
  readonly schema: Schema;
  /** Option `msftwinrm:UsePreciseArrays`: NULL arrays are marked with `IsNullArray` (MS-WSMV 4.11.1). */
  readonly preciseArrays: boolean;
  /** Parts of a value that WS-CIM names, such as `cim:Datetime`, are in no namespace, as the properties are. */
  readonly withoutNamespace?: boolean;
}

/**
 * Writes a property or parameter with the prefixes of our envelopes (`xsi`, `a`, `w`, `cim` and `m` for Microsoft's
 * namespace must be declared around it): one element, or one per array member; NULL as `xsi:nil`. An array without
 * members leaves no trace, as WS-CIM has no form for it.
 *
 * @param prefix prefix of the class namespace, with its colon
 */
export function encodeValue(prefix: string, target: DecodeTarget, value: CimValue, context: EncodeContext): string {
  const name = prefix + target.name;
  if (value === null) return nil(name, target.type, context);
  if (!isCimArray(value)) return encodeScalar(name, target.type, value, context);
  const octets = encodeOctets(name, target, value, context);
  if (octets !== undefined) return octets;
  let xml = '';
  for (const member of value) {
    // MS-WSMV 3.1.4.1.26: NULL members of arrays are never sent.
    if (member !== null) xml += encodeScalar(name, target.type, member, context);
  }
  return xml;
}

/**
 * Whether nothing is written of a property. Of an array that is NULL recorded servers of Windows write nothing under a WMI URI unless the client
 * wants precise arrays, whatever MS-WSMV 3.1.4.1.26 asks for; how they write it under a DMTF URI is not recorded, and so as it asks.
 */
export function isLeftOut({ type }: DecodeTarget, value: CimValue, { family, preciseArrays }: EncodeContext): boolean {
  return value === null && type.array !== undefined && family === 'wmi' && !preciseArrays;
}

/** Members of an array that are written in one step. */
const MEMBERS_OF_STEP = 64;

/** Whether a value is so large that it is better written in steps. */
export function isLarge(value: CimValue): boolean {
  if (isCimArray(value)) return value.length > MEMBERS_OF_STEP || value.some(isLarge);
  if (!(value instanceof CimInstance)) return false;
  for (const one of value.properties.values()) if (isLarge(one)) return true;
  return false;
}

/** The same in steps, each of which takes no longer than a millisecond or two. */
export function* encodeValueInSteps(
  prefix: string,
  target: DecodeTarget,
  value: CimValue,
  context: EncodeContext,
): Generator<void, string, void> {
  if (value === null || !isLarge(value)) return encodeValue(prefix, target, value, context);
  const name = prefix + target.name;
  if (!isCimArray(value)) return yield* encodeMemberInSteps(name, target.type, value, context);
  const octets = encodeOctets(name, target, value, context);
  if (octets !== undefined) return octets;
  let xml = '';
  for (const [at, member] of value.entries()) {
    if (at % MEMBERS_OF_STEP === 0) yield;
    if (member !== null) xml += yield* encodeMemberInSteps(name, target.type, member, context);
  }
  return xml;
}

function* encodeMemberInSteps(
  name: string,
  type: CimType,
  member: CimScalar,
  context: EncodeContext,
): Generator<void, string, void> {
  if (!(member instanceof CimInstance && isLarge(member))) return encodeScalar(name, type, member, context);
  const { start, prefix } = startOfEmbedded(name, member, context);
  let xml = start;
  for (const property of propertiesInOrder(context.schema.getClass(member.className))) {
    const value = member.get(property.name);
    if (!isLeftOut(property, value, context)) xml += yield* encodeValueInSteps(prefix, property, value, context);
  }
  return `${xml}</${name}>`;
}

/** What is declared to be a string of octets; undefined for anything else. */
function encodeOctets(
  name: string,
  { qualifiers, type }: DecodeTarget,
  value: readonly (CimScalar | null)[],
  { withoutNamespace }: EncodeContext,
): string | undefined {
  if (type.name !== 'uint8' || qualifiers.get('OctetString')?.value !== true) return undefined;
  const base64 = base64FromOctets(value);
  const declared = withoutNamespace ? ` xmlns:cim="${ns.cimCommon}"` : '';
  if (base64 === undefined) return undefined;
  // No octets are an empty element, and not NULL.
  return `<${name}${declared} xsi:type="cim:cimBase64Binary">${base64}</${name}>`;
}

function nil(name: string, type: CimType, context: EncodeContext): string {
  const isNullArray = type.array && context.preciseArrays ? ' m:IsNullArray="true"' : '';
  return `<${name} xsi:nil="true"${isNullArray}/>`;
}

function encodeScalar(name: string, type: CimType, value: CimScalar, context: EncodeContext): string {
  if (value instanceof InstancePath) {
    return `<${name}>${encodeReference(value, context.family, context.namespace)}</${name}>`;
  }
  if (value instanceof CimInstance) return encodeEmbedded(name, value, context);
  if (value instanceof CimDateTime) {
    const { element, text } = toIsoDateTime(value);
    const part = context.withoutNamespace ? element : `cim:${element}`;
    return `<${name}><${part}>${text}</${part}></${name}>`;
  }
  if (typeof value === 'object') return `<${name}>${escapeText(writeClass(value, wholeClass))}</${name}>`;
  return `<${name}>${escapeText(formatScalar(value, type.name))}</${name}>`;
}

/** The element of the property carries the instance's properties, with a prefix of their own (DSP0230 §9.3). */
function encodeEmbedded(name: string, instance: CimInstance, context: EncodeContext): string {
  const { start, prefix } = startOfEmbedded(name, instance, context);
  return `${start}${encodeProperties(prefix, instance, context)}</${name}>`;
}

function startOfEmbedded(name: string, { className }: CimInstance, { family, namespace }: EncodeContext) {
  const uri = escapeAttribute(classUri(family, namespace, className));
  // p, p1, p2 …: an instance in an instance gets the next one.
  const prefix = `p${Number(name.slice(1, Math.max(name.indexOf(':'), 1))) + 1}`;
  return { start: `<${name} xmlns:${prefix}="${uri}" xsi:type="${prefix}:${className}_Type">`, prefix: `${prefix}:` };
}

/** Every property of the instance's class in alphabetical order, as Windows writes it; absent ones as NULL. */
function encodeProperties(prefix: string, instance: CimInstance, context: EncodeContext): string {
  const cimClass = context.schema.getClass(instance.className);
  let xml = '';
  for (const property of propertiesInOrder(cimClass)) {
    const value = instance.get(property.name);
    if (!isLeftOut(property, value, context)) xml += encodeValue(prefix, property, value, context);
  }
  return xml;
}
