import type { CimClass, CimProperty } from '../../cim/model/cim-class.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { describeType } from '../../cim/model/cim-type.js';
import { type CimScalar, type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import { aboutName } from '../../cim/model/unknown-name.js';
import type { Schema } from '../../cim/schema/schema.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import type { FragmentPath } from './fragment-path.js';

/** The part of an instance that a path leads to. */
export interface Fragment {
  readonly property: CimProperty;
  /** The property's value. */
  readonly value: CimValue;
  /** Where in the value the member is that an index names: NULL members are never sent, so they are not counted. */
  readonly position: number | undefined;
  readonly isText: boolean;
}

/** @throws WsmanFault InvalidFragmentPath when the path leads nowhere in an instance of this class */
export function findFragment(path: FragmentPath, instance: CimInstance, cimClass: CimClass, schema: Schema): Fragment {
  const property = cimClass.properties.get(path.property);
  if (path.root !== undefined && !(schema.findClass(path.root) && schema.isA(cimClass.name, path.root))) {
    throw invalid(path, `the instance is a ${cimClass.name}`);
  }
  if (!property) {
    const fault = invalid(path, `class ${cimClass.name} has no property ${path.property}`);
    throw aboutName(fault, { kind: 'property', name: path.property, cimClass });
  }
  const value = instance.get(property.name);
  if (path.isText) checkText(path, property);
  const position = path.index === undefined ? undefined : findPosition(path, path.index, property, value);
  return { property, value, position, isText: path.isText };
}

/** Text is the form of simple values; of an array it must be clear which one. */
function checkText(path: FragmentPath, property: CimProperty): void {
  const { name, type } = property;
  if (isOctetString(property)) throw invalid(path, `${name} is an octet string, which has no text() of its own`);
  if (type.name === 'reference' || type.embedded) throw invalid(path, `${name} is ${describeType(type)}, not text`);
  if (type.array && path.index === undefined) throw invalid(path, `${name} is an array: text() needs an index`);
}

function isOctetString({ type, qualifiers }: CimProperty): boolean {
  return type.name === 'uint8' && qualifiers.get('OctetString')?.value === true;
}

/** What is written as one element, whatever its type, is the first of its name. */
function findPosition(path: FragmentPath, index: number, property: CimProperty, value: CimValue): number | undefined {
  if ((!property.type.array || isOctetString(property)) && index === 1) return undefined;
  const members: readonly (CimScalar | null)[] = isCimArray(value) ? value : [];
  let count = 0;
  for (const [position, member] of members.entries()) {
    if (member === null) continue;
    count += 1;
    if (count === index) return position;
  }
  throw invalid(path, `${property.name} has ${property.type.array ? count : 1} of them`);
}

function invalid(path: FragmentPath, why: string): WsmanFault {
  return new WsmanFault('InvalidFragmentPath', `Fragment path '${path.expression.slice(0, 200)}': ${why}.`);
}
