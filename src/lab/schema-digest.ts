import { createHash } from 'node:crypto';
import type { Namespace } from '../cim/contracts/namespaces.js';
import { foldName } from '../cim/model/name-map.js';
import type { Schema } from '../cim/schema/schema.js';
import { encodeClass, encodeQualifierType } from '../mof/cache/declaration-codec.js';

/** SHA-256 of the namespaces and their classes, whatever the order in which they were declared; in hexadecimal digits. */
export function schemaDigest(namespaces: Iterable<Namespace>): string {
  const spaces = Array.from(namespaces, ({ name, schema }) => [foldName(name), digestOf(schema)] as const);
  return sha256(JSON.stringify(sortedByName(spaces)));
}

/** Whether it is the digest of the same schemas, as far as that can be told without looking at each class. */
export function haveSameSchemas(some: Iterable<Namespace>, others: Iterable<Namespace>): boolean {
  const known = new Map(Array.from(others, ({ name, schema }) => [foldName(name), schema]));
  for (const { name, schema } of some) if (known.get(foldName(name)) !== schema) return false;
  return [...some].length === known.size;
}

/** A schema that is served never changes. */
const digests = new WeakMap<Schema, string>();

function digestOf(schema: Schema): string {
  let digest = digests.get(schema);
  if (digest === undefined) {
    const { base } = schema;
    // What lies beneath may know its digest, so that none of it is read.
    const beneath = base?.digest;
    const isWhole = base === undefined || beneath === undefined;
    const classes = Array.from(
      isWhole ? schema.declarations : schema.ownDeclarations,
      (one) => [foldName(one.name), encodeClass(one)] as const,
    );
    const qualifiers = Array.from(
      isWhole ? schema.qualifierTypes : schema.ownQualifierTypes,
      (one) => [foldName(one.name), encodeQualifierType(one)] as const,
    );
    const own = [sortedByName(classes), sortedByName(qualifiers)];
    digest = sha256(JSON.stringify(isWhole ? own : [...own, [...schema.hiddenNames].map(foldName).sort(), beneath]));
    digests.set(schema, digest);
  }
  return digest;
}

function sortedByName<T>(entries: (readonly [string, T])[]): readonly (readonly [string, T])[] {
  return entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
