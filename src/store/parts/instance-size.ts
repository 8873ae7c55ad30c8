import { CimDateTime } from '../../cim/model/cim-date-time.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { type CimScalar, type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { bytesOfText } from '../../strings/message-memory.js';

/** An instance with its place in the indexes; names are shared by all. */
const INSTANCE_BYTES = 400;
const PROPERTY_BYTES = 48;
const PATH_BYTES = 300;
/** A value that is not text: what holds it takes most of the room. */
const VALUE_BYTES = 16;
const DATE_TIME_BYTES = 120;
/** A class as a value is one of the schema. */
const CLASS_BYTES = VALUE_BYTES;
/** A text as short as this is not looked through for what its characters take. */
const SHORT = 64;

/** Bytes that an instance takes in a store. */
export function bytesOfInstance({ properties, path }: CimInstance): number {
  let bytes = INSTANCE_BYTES + (path === undefined ? 0 : bytesOfPath(path));
  for (const [, value] of properties) bytes += PROPERTY_BYTES + bytesOfValue(value);
  return bytes;
}

function bytesOfValue(value: CimValue): number {
  if (value === null) return 0;
  if (!isCimArray(value)) return bytesOfScalar(value);
  let bytes = VALUE_BYTES;
  for (const one of value) bytes += VALUE_BYTES / 2 + (one === null ? 0 : bytesOfScalar(one));
  return bytes;
}

function bytesOfScalar(value: CimScalar): number {
  if (typeof value === 'string') return value.length <= SHORT ? 24 + 2 * value.length : bytesOfText(value);
  if (typeof value !== 'object') return VALUE_BYTES;
  if (value instanceof InstancePath) return bytesOfPath(value);
  if (value instanceof CimInstance) return bytesOfInstance(value);
  return value instanceof CimDateTime ? DATE_TIME_BYTES : CLASS_BYTES;
}

/** Each key stands in it as a value, and in both of its canonical forms. */
function bytesOfPath({ keys }: InstancePath): number {
  let bytes = PATH_BYTES;
  for (const [, value] of keys) bytes += PROPERTY_BYTES + 3 * bytesOfValue(value);
  return bytes;
}
