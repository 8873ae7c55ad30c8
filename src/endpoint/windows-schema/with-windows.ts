import type { Namespace } from '../../cim/contracts/namespaces.js';
import { NameMap } from '../../cim/model/name-map.js';
import { Schema } from '../../cim/schema/schema.js';
import { schemaOver } from '../../cim/schema/schema-over.js';
import { windowsBase } from './windows-base.js';
import { windowsNamespaces } from './windows-namespaces.js';

/** Of namespaces where nothing else is declared, in this process; what is in them is the same for all. */
const schemas = new NameMap<Schema>();

/** The namespaces with those of Windows beneath and beside them, those given first. */
export function withWindows(given: readonly Namespace[]): readonly Namespace[] {
  const known = new NameMap(given.map((space) => [space.name, true] as const));
  return [
    ...given.map(({ name, schema }) => ({ name, schema: schemaOver(schema, windowsBase(name)) })),
    ...windowsNamespaces.filter((name) => !known.has(name)).map((name) => ({ name, schema: windowsSchema(name) })),
  ];
}

/** The schema of a namespace in which nothing is declared. */
export function windowsSchema(namespace: string): Schema {
  let schema = schemas.get(namespace);
  if (schema === undefined) {
    schema = new Schema(windowsBase(namespace));
    schemas.set(namespace, schema);
  }
  return schema;
}
