import type { InstanceReader } from '../contracts/instance-store.js';
import { CimError } from '../model/cim-error.js';
import type { CimInstance } from '../model/cim-instance.js';
import { type CimKeyValue, InstancePath, sameNamespace } from '../model/instance-path.js';
import { hasUnnamedKey, nameUnnamedKey } from '../model/unnamed-key.js';
import type { Schema } from '../schema/schema.js';

/**
 * Finds the instance a path means. A path may name a base class (DSP0004 §5.1.2.7: an instance of a subclass is an
 * instance of the class), as long as exactly one instance of the class and its subclasses has these keys. So may the paths
 * in the keys of an association.
 *
 * @param wanted a class that the instance must be of, too, where the path may name a base class of it
 * @throws CimError InvalidParameter when several instances match, or a path `Class="value"` is to a class of several keys
 */
export async function resolvePath(
  path: InstancePath,
  namespace: string,
  schema: Schema,
  store: InstanceReader,
  wanted?: string,
): Promise<CimInstance | undefined> {
  const named = hasUnnamedKey(path) ? withNamedKey(path, schema) : path;
  const local = named.namespace === undefined ? named.inNamespace(namespace) : named;
  // Nearly always the path is the one under which the instance is stored.
  const stored = await store.get(local);
  if (stored && (wanted === undefined || schema.isA(stored.className, wanted))) return stored;
  const found = await findBySubclass(local, namespace, schema, store, wanted);
  const exact = found ? undefined : await withExactKeys(local, namespace, schema, store);
  return exact ? findBySubclass(exact, namespace, schema, store, wanted) : found;
}

function withNamedKey(path: InstancePath, schema: Schema): InstancePath {
  const names = schema.findClass(path.className)?.keys.map(({ name }) => name) ?? [];
  const named = nameUnnamedKey(path, names);
  if (typeof named === 'string') throw new CimError('InvalidParameter', `${named}.`);
  return named;
}

/** Of the path's class itself or a subclass: keys alone find both. */
async function findBySubclass(
  path: InstancePath,
  namespace: string,
  schema: Schema,
  store: InstanceReader,
  wanted: string | undefined,
): Promise<CimInstance | undefined> {
  const fits = ({ className }: CimInstance) => wanted === undefined || schema.isA(className, wanted);
  const candidates = await store.findByKeys(path.namespace ?? namespace, path.canonicalKeys);
  const exact = candidates.find((candidate) => candidate.path?.equals(path));
  if (exact && fits(exact)) return exact;
  const matches = candidates.filter((candidate) => schema.isA(candidate.className, path.className) && fits(candidate));
  if (matches.length > 1) {
    throw new CimError(
      'InvalidParameter',
      `${matches.length} instances of subclasses of ${wanted ?? path.className} have these keys.`,
    );
  }
  return matches[0];
}

/** The path with the stored paths of the objects in its keys; undefined when there are none that differ. */
async function withExactKeys(
  path: InstancePath,
  namespace: string,
  schema: Schema,
  store: InstanceReader,
): Promise<InstancePath | undefined> {
  const isHere = (value: CimKeyValue): value is InstancePath =>
    value instanceof InstancePath && sameNamespace(value.namespace ?? namespace, namespace);
  // Nearly no class has such keys, and a message may name thousands of objects that there are not.
  if (!hasAny(path.keys.values(), isHere)) return undefined;
  const objects = await Promise.all(
    Array.from(path.keys.values(), (value) =>
      isHere(value) ? resolvePath(value, namespace, schema, store) : undefined,
    ),
  );
  let differs = false;
  const keys = Array.from(path.keys, ([name, value], at): [string, CimKeyValue] => {
    const exact = objects[at]?.path;
    if (exact && value instanceof InstancePath && !exact.equals(value)) differs = true;
    return [name, exact ?? value];
  });
  return differs
    ? new InstancePath({ host: path.host, namespace: path.namespace, className: path.className, keys })
    : undefined;
}

function hasAny<T>(values: Iterable<T>, fits: (value: T) => boolean): boolean {
  for (const value of values) if (fits(value)) return true;
  return false;
}
