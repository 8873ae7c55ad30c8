import { NameMap } from '../../cim/model/name-map.js';
import { Schema } from '../../cim/schema/schema.js';
import type { MofCompilation, MofNamespace } from '../mof-compilation.js';
import { MofError } from '../mof-error.js';
import { DeclarationDecoder, encodeClass, encodeQualifierType } from './declaration-codec.js';
import { CodecError, expectArray, expectString, type Json } from './json.js';
import { decodeInstance, encodeInstance } from './value-codec.js';

/** The JSON form of a compilation. */
export function encodeCompilation({ namespaces, counts, warnings }: MofCompilation): Json {
  return [
    [...namespaces.values()].map(encodeNamespace),
    counts.classes,
    counts.instances,
    counts.qualifiers,
    warnings.map(({ file, line, column, message }): Json => [file, line, column, message]),
  ];
}

function encodeNamespace({ name, schema, instances }: MofNamespace): Json {
  return [
    name,
    [...schema.qualifierTypes].map(encodeQualifierType),
    [...schema.declarations].map(encodeClass),
    instances.map(encodeInstance),
  ];
}

/**
 * Reads a compilation back. Its classes are resolved again when they are asked for.
 *
 * @throws CodecError when the JSON is no form of a compilation
 */
export function decodeCompilation(json: Json): MofCompilation {
  const [list, classes, instances, qualifiers, warnings] = expectArray(json);
  const decoder = new DeclarationDecoder();
  const namespaces = new NameMap<MofNamespace>();
  for (const entry of expectArray(list)) {
    const space = decodeNamespace(entry, decoder);
    namespaces.set(space.name, space);
  }
  if (typeof classes !== 'number' || typeof instances !== 'number' || typeof qualifiers !== 'number') {
    throw new CodecError('counts are expected');
  }
  const counts = { classes, instances, qualifiers };
  return { namespaces, counts, warnings: expectArray(warnings).map(decodeWarning) };
}

function decodeWarning(json: Json): MofError {
  const [file, line, column, message] = expectArray(json);
  if (typeof line !== 'number' || typeof column !== 'number') throw new CodecError('a place is expected');
  return new MofError(expectString(file), line, column, expectString(message));
}

function decodeNamespace(json: Json, decoder: DeclarationDecoder): MofNamespace {
  const [name, qualifierTypes, classes, instances] = expectArray(json);
  const schema = new Schema();
  for (const type of expectArray(qualifierTypes)) schema.addQualifierType(decoder.decodeQualifierType(type));
  for (const declaration of expectArray(classes)) schema.addCheckedClass(decoder.decodeClass(declaration));
  return { name: expectString(name), schema, instances: expectArray(instances).map(decodeInstance) };
}
