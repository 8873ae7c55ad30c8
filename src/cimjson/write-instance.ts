import { findTypeProblem } from '../cim/model/check-value.js';
import { CimDateTime } from '../cim/model/cim-date-time.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import type { CimType } from '../cim/model/cim-type.js';
import { type CimScalar, type CimValue, isCimArray } from '../cim/model/cim-value.js';
import { InstancePath } from '../cim/model/instance-path.js';
import type { NameMap } from '../cim/model/name-map.js';
import { rememberByText } from '../strings/remember-by-text.js';
import { classDataOf } from './class-data.js';
import { encodeClass, encodeElement, encodeNumber, type FindTypedClass, type TypedClass } from './encode.js';
import { jsonTypeOf } from './json-type-of.js';

/** An instance as `JSON.stringify` writes what `encodeInstance` makes of it, without the objects between: for instances by the thousand. */
export function writeInstance({ className, properties, path }: CimInstance, findClass: FindTypedClass): string {
  const namespace = path?.namespace;
  const place = namespace === undefined ? '' : `"namespace":${quotedName(namespace)},`;
  const address = path === undefined ? '' : `"path":${writePath(path, findClass)},`;
  const elements = writeElements(properties, findClass(className), findClass);
  return `{"kind":"instance",${place}"class":${quotedName(className)},${address}"properties":${elements}}`;
}

function writePath({ host, namespace, className, keys }: InstancePath, findClass: FindTypedClass): string {
  const machine = host === undefined ? '' : `"host":${quotedName(host)},`;
  const place = namespace === undefined ? '' : `"namespace":${quotedName(namespace)},`;
  const elements = writeElements(keys, findClass(className), findClass);
  return `{"kind":"path",${machine}${place}"class":${quotedName(className)},"keys":${elements}}`;
}

function writeElements(values: NameMap<CimValue>, declared: TypedClass | undefined, findClass: FindTypedClass): string {
  let text = '';
  for (const [name, value] of values) {
    const separator = text === '' ? '{' : ',';
    text += `${separator}${quotedName(name)}:${writeElement(value, declared?.properties.get(name)?.type, findClass)}`;
  }
  return text === '' ? '{}' : `${text}}`;
}

function writeElement(value: CimValue, declared: CimType | undefined, findClass: FindTypedClass): string {
  if (declared === undefined || findTypeProblem(value, declared) !== undefined)
    return JSON.stringify(encodeElement(value, declared, findClass));
  return `${headOf(declared)}${writeValue(value, findClass)}}`;
}

function writeValue(value: CimValue, findClass: FindTypedClass): string {
  if (value === null) return 'null';
  if (!isCimArray(value)) return writeScalar(value, findClass);
  return `[${value.map((one) => (one === null ? 'null' : writeScalar(one, findClass))).join(',')}]`;
}

function writeScalar(value: CimScalar, findClass: FindTypedClass): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'bigint':
      return `"${value}"`;
    case 'number':
      return JSON.stringify(encodeNumber(value));
    default:
      if (value instanceof CimDateTime) return `"${value}"`;
      if (value instanceof InstancePath) return writePath(value, findClass);
      return value instanceof CimInstance
        ? writeInstance(value, findClass)
        : JSON.stringify(encodeClass(classDataOf(value)));
  }
}

const heads = new WeakMap<CimType, string>();

/** What stands before a value of the type. */
function headOf(type: CimType): string {
  let head = heads.get(type);
  if (head === undefined) {
    head = `${JSON.stringify(jsonTypeOf(type)).slice(0, -1)},"value":`;
    heads.set(type, head);
  }
  return head;
}

/** A name of a schema: there are few, and they come again. */
const quotedName = rememberByText((name) => JSON.stringify(name), { entries: 4096, length: 256 });
