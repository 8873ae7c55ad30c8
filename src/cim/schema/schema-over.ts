import type { Schema, SchemaBase } from './schema.js';

/** Of each schema the one that lies over a base: both may serve several endpoints, and neither changes any more. */
const laid = new WeakMap<Schema, Schema>();

/** A schema with what lies beneath it, the same one each time; one that lies over something already is that. */
export function schemaOver(schema: Schema, base: SchemaBase): Schema {
  if (schema.base !== undefined) return schema;
  let over = laid.get(schema);
  if (over === undefined) {
    over = schema.copy(base);
    laid.set(schema, over);
  }
  return over;
}
