import { CimDateTime } from '../../cim/model/cim-date-time.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { type CimScalar, type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { rememberByText } from '../../strings/remember-by-text.js';
import { writeClass } from './write-class.js';

/** An instance with its path as JSON text, in the form of `document-form.ts`. `readDocument` gives the same instance. */
export function writeDocument({ className, path, properties }: CimInstance): string {
  let text = `[${quotedName(className)},${path === undefined ? 'null' : writePath(path)}`;
  for (const [name, value] of properties) text += `,${quotedName(name)},${writeValue(value)}`;
  return `${text}]`;
}

function writePath({ host, namespace, className, isSingleton, keys }: InstancePath): string {
  const machine = host === undefined ? 'null' : JSON.stringify(host);
  const place = namespace === undefined ? 'null' : quotedName(namespace);
  let text = `[${machine},${place},${quotedName(className)},${isSingleton ? 1 : 0}`;
  for (const [name, value] of keys) text += `,${quotedName(name)},${writeScalar(value)}`;
  return `${text}]`;
}

function writeValue(value: CimValue): string {
  if (value === null) return 'null';
  if (!isCimArray(value)) return writeScalar(value);
  return `[${value.map((one) => (one === null ? 'null' : writeScalar(one))).join(',')}]`;
}

function writeScalar(value: CimScalar): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'bigint':
      return `{"n":"${value}"}`;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
        ? `${value}`
        : `{"r":"${Object.is(value, -0) ? '-0' : value}"}`;
    default:
      if (value instanceof CimDateTime) return `{"d":"${value}"}`;
      if (value instanceof InstancePath) return `{"p":${writePath(value)}}`;
      if (value instanceof CimInstance) return `{"i":${writeDocument(value)}}`;
      return `{"c":${writeClass(value, writeScalar)}}`;
  }
}

/** A name of a schema: there are few, and they come again. */
const quotedName = rememberByText((name) => JSON.stringify(name), { entries: 4096, length: 256 });
