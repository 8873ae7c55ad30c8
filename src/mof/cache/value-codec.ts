import { CimDateTime } from '../../cim/model/cim-date-time.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { type CimScalar, type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../../cim/model/instance-path.js';
import { CodecError, expectArray, expectString, type Json, optionalString } from './json.js';

/**
 * The JSON form of a value: what JSON lacks becomes an object with one member that names the kind.
 *
 * @throws CodecError for a class, which is a value only where an embedded object may be one
 */
export function encodeValue(value: CimValue): Json {
  return isCimArray(value) ? value.map(encodeScalar) : encodeScalar(value);
}

function encodeScalar(value: CimScalar | null): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return { integer: value.toString() };
  if (typeof value === 'number') {
    return Number.isFinite(value) && !Object.is(value, -0) ? value : { real: Object.is(value, -0) ? '-0' : `${value}` };
  }
  if (value instanceof CimDateTime) return { datetime: value.toString() };
  if (value instanceof InstancePath) return { path: encodePath(value) };
  if (value instanceof CimInstance) return { instance: encodeInstance(value) };
  throw new CodecError(`class ${value.name} as a value has no JSON form`);
}

export function encodeInstance({ className, properties, path }: CimInstance): Json {
  const values = [...properties].map(([name, value]): Json => [name, encodeValue(value)]);
  return [className, values, path ? encodePath(path) : null];
}

function encodePath({ host, namespace, className, keys }: InstancePath): Json {
  return [
    host ?? null,
    namespace ?? null,
    className,
    [...keys].map(([name, value]): Json => [name, encodeScalar(value)]),
  ];
}

/** @throws CodecError when the JSON is no form of a value */
export function decodeValue(json: Json | undefined): CimValue {
  return Array.isArray(json) ? json.map(decodeScalar) : decodeScalar(json);
}

function decodeScalar(json: Json | undefined): CimScalar | null {
  if (json === undefined || Array.isArray(json)) throw new CodecError('a value is expected');
  if (json === null || typeof json !== 'object') return json;
  if ('integer' in json) return BigInt(expectString(json.integer));
  if ('real' in json) return Number(expectString(json.real));
  if ('datetime' in json) return CimDateTime.parse(expectString(json.datetime));
  if ('path' in json) return decodePath(json.path);
  if ('instance' in json) return decodeInstance(json.instance);
  throw new CodecError('a value of a known kind is expected');
}

/** @throws CodecError when the JSON is no form of an instance */
export function decodeInstance(json: Json | undefined): CimInstance {
  const [className, values, path] = expectArray(json);
  const properties = expectArray(values).map((pair) => {
    const [name, value] = expectArray(pair);
    return [expectString(name), decodeValue(value)] as const;
  });
  return new CimInstance(expectString(className), properties, path ? decodePath(path) : undefined);
}

function decodePath(json: Json | undefined): InstancePath {
  const [host, namespace, className, keys] = expectArray(json);
  return new InstancePath({
    host: optionalString(host),
    namespace: optionalString(namespace),
    className: expectString(className),
    keys: expectArray(keys).map((pair) => {
      const [name, value] = expectArray(pair);
      return [expectString(name), decodeKey(value)] as const;
    }),
  });
}

function decodeKey(json: Json | undefined): CimKeyValue {
  const value = decodeScalar(json);
  if (value !== null && (typeof value !== 'object' || value instanceof InstancePath || value instanceof CimDateTime)) {
    return value;
  }
  throw new CodecError('a key value is expected');
}
