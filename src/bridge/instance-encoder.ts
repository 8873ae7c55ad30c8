import { CimInstance } from '../cim/model/cim-instance.js';
import { foldName } from '../cim/model/name-map.js';
import type { JsonInstance } from '../cimjson/cim-json-types.js';
import { encodeInstance, type FindTypedClass } from '../cimjson/encode.js';
import { writeInstance } from '../cimjson/write-instance.js';
import type { ClassDescription } from '../client/class-description.js';
import type { WsmanClient } from '../client/wsman-client.js';

/** Writes instances with the types of their classes. */
export interface InstanceEncoder {
  encode(instance: CimInstance): JsonInstance | Promise<JsonInstance>;
  /** The same as text. */
  write(instance: CimInstance): string | Promise<string>;
}

/**
 * @param client has the declarations, and fetches those it has not
 * @param namespace of instances that do not say theirs; the client's by default
 */
export function createInstanceEncoder(client: WsmanClient, namespace?: string): InstanceEncoder {
  const known = new Map<string, ClassDescription | undefined>();
  const keyOf = (space: string | undefined, className: string) => `${space}:${foldName(className)}`;
  const learn = async (space: string | undefined, names: readonly string[]) => {
    for (const name of names) known.set(keyOf(space, name), await client.knownClass(name, space));
  };
  const withClasses = <T>(instance: CimInstance, make: (instance: CimInstance, find: FindTypedClass) => T) => {
    const space = instance.path?.namespace ?? namespace;
    const find: FindTypedClass = (className) => known.get(keyOf(space, className));
    const unknown = classesWithin(instance).filter((name) => !known.has(keyOf(space, name)));
    return unknown.length === 0 ? make(instance, find) : learn(space, unknown).then(() => make(instance, find));
  };
  return {
    encode: (instance) => withClasses(instance, encodeInstance),
    write: (instance) => withClasses(instance, writeInstance),
  };
}

/** The class of an instance and those of the instances within it. */
function classesWithin({ className, properties }: CimInstance): readonly string[] {
  const names = [className];
  for (const value of properties.values()) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one instanceof CimInstance) names.push(...classesWithin(one));
  }
  return names;
}
