import type { HostDeclaration } from '../../cim/hosts/host-names.js';
import { NameMap } from '../../cim/model/name-map.js';
import { Schema, type SchemaBase } from '../../cim/schema/schema.js';
import type { MofCompilation, MofNamespace } from '../mof-compilation.js';
import { MofError } from '../mof-error.js';
import { CachedClass } from './cached-class.js';
import { DeclarationDecoder, encodeClass, encodeQualifierType } from './declaration-codec.js';
import { CodecError, expectArray, expectString, type Json, optionalString } from './json.js';
import { decodeInstance, encodeInstance } from './value-codec.js';

/**
 * The text of a compilation: a line with what is in it, then one for each class, in the same order. Each line is JSON.
 *
 * @throws CodecError for what has no JSON form
 */
export function encodeCompilation({ namespaces, hosts, counts, warnings }: MofCompilation): string {
  const spaces = [...namespaces.values()];
  const index: Json = [
    spaces.map(encodeNamespace),
    counts.classes,
    counts.instances,
    counts.qualifiers,
    warnings.map(({ file, line, column, message }): Json => [file, line, column, message]),
    hosts.map(({ name, aliases, isDefault }): Json => [name, [...aliases], isDefault]),
  ];
  const classes = spaces.flatMap(({ schema }) => [...schema.ownDeclarations].map(encodeClass));
  return [index, ...classes].map((json) => JSON.stringify(json)).join('\n');
}

function encodeNamespace({ name, schema, instances }: MofNamespace): Json {
  return [
    name,
    [...schema.ownQualifierTypes].map(encodeQualifierType),
    Array.from(schema.ownDeclarations, (declaration): Json => [declaration.name, declaration.superclassName ?? null]),
    instances.map(encodeInstance),
    // What lies beneath is not written: it is there again when this is read.
    schema.base === undefined ? null : [...schema.hiddenNames],
  ];
}

/** What lies beneath the namespaces of a compilation that lay over something. */
export type Beneath = (namespace: string) => SchemaBase | undefined;

/**
 * Reads a compilation back. Its classes are read and resolved when they are asked for: of hundreds a process asks for few.
 *
 * @throws CodecError when the text is not that of a compilation; for a class, when it is asked for
 */
export function decodeCompilation(text: string, beneath: Beneath = () => undefined): MofCompilation {
  const [index = '', ...lines] = text.split('\n');
  const [list, classes, instances, qualifiers, warnings, hosts] = expectArray(JSON.parse(index) as Json);
  const decoder = new DeclarationDecoder();
  const namespaces = new NameMap<MofNamespace>();
  const classLines = lines.values();
  for (const entry of expectArray(list)) {
    const space = decodeNamespace(entry, classLines, decoder, beneath);
    namespaces.set(space.name, space);
  }
  if (typeof classes !== 'number' || typeof instances !== 'number' || typeof qualifiers !== 'number') {
    throw new CodecError('counts are expected');
  }
  const counts = { classes, instances, qualifiers };
  return {
    namespaces,
    hosts: expectArray(hosts).map(decodeHost),
    counts,
    warnings: expectArray(warnings).map(decodeWarning),
  };
}

function decodeHost(json: Json): HostDeclaration {
  const [name, aliases, isDefault] = expectArray(json);
  return { name: expectString(name), aliases: expectArray(aliases).map(expectString), isDefault: isDefault === true };
}

function decodeWarning(json: Json): MofError {
  const [file, line, column, message] = expectArray(json);
  if (typeof line !== 'number' || typeof column !== 'number') throw new CodecError('a place is expected');
  return new MofError(expectString(file), line, column, expectString(message));
}

function decodeNamespace(
  json: Json,
  lines: Iterator<string>,
  decoder: DeclarationDecoder,
  beneath: Beneath,
): MofNamespace {
  const [given, qualifierTypes, classes, instances, hidden] = expectArray(json);
  const name = expectString(given);
  const schema = new Schema(hidden ? beneath(name) : undefined);
  for (const one of expectArray(hidden ?? [])) schema.hideClass(expectString(one));
  for (const type of expectArray(qualifierTypes)) schema.addQualifierType(decoder.decodeQualifierType(type));
  for (const entry of expectArray(classes)) {
    const [className, superclassName] = expectArray(entry);
    const line: unknown = lines.next().value;
    if (typeof line !== 'string') throw new CodecError('a class is expected');
    schema.addCheckedClass(new CachedClass(expectString(className), optionalString(superclassName), line, decoder));
  }
  return { name, schema, instances: expectArray(instances).map(decodeInstance) };
}
