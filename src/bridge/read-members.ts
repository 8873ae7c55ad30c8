import type { CimType } from '../cim/model/cim-type.js';
import { isCimArray } from '../cim/model/cim-value.js';
import type { InstancePath } from '../cim/model/instance-path.js';
import { decodeElements, decodePath, type TypedCimValue } from '../cimjson/decode.js';
import { type JsonObject, readOptional, readText } from '../cimjson/read-json.js';
import { type ClientScalar, type ClientValue, typed } from '../client/client-value.js';
import type { OperationCall } from './operation.js';

/** The path of the call, in the call's namespace when it names none. */
export function readPath({ members, namespace }: OperationCall): InstancePath {
  const path = decodePath(members.path, 'path');
  return path.namespace === undefined ? path.inNamespace(namespace) : path;
}

/** Those of the members that are there, which are texts. */
export function readTexts<N extends string>(members: JsonObject, names: readonly N[]): { readonly [K in N]?: string } {
  const texts: { [K in N]?: string } = {};
  for (const name of names) {
    const text = readOptional(readText, members, name, '');
    if (text !== undefined) texts[name] = text;
  }
  return texts;
}

/**
 * Values by name, as the client sends them.
 *
 * @param typeOf the type of a value that comes without
 */
export function readValues(
  json: unknown,
  place: string,
  typeOf?: (name: string) => CimType | undefined,
): Readonly<Record<string, ClientValue>> {
  const values = [...decodeElements(json ?? {}, place, typeOf)].map(([name, value]) => [name, clientValue(value)]);
  return Object.fromEntries(values);
}

/** A char16 goes as its number, which a server cannot take for something else; for all else the class knows the type. */
function clientValue({ type, value }: TypedCimValue): ClientValue {
  if (type.name !== 'char16' || value === null) return value as ClientValue;
  const mark = (one: unknown) => (one === null ? null : typed('char16', String(one)));
  return (isCimArray(value) ? value.map(mark) : mark(value)) as ClientScalar | readonly ClientScalar[];
}
