import type { InstanceContext } from '../cim/contracts/provider.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import { type StoredInstance, stored } from './on-instance.js';

/** What is needed to look around in a machine. */
export type MachineReader = Pick<InstanceContext, 'namespace' | 'schema'> & {
  readonly store: Pick<
    InstanceContext['store'],
    'get' | 'scan' | 'referencing' | 'findByKeys' | 'page' | 'mark' | 'count'
  >;
};

/** And to change it. */
export type MachineContext = Pick<InstanceContext, 'namespace' | 'schema' | 'store' | 'now'>;

/** And to have something go on by itself, and to say why something was not done. */
export type WorkingContext = MachineContext & Pick<InstanceContext, 'job' | 'explain'>;

/** The path of an instance in the machine's namespace. */
export function pathIn(
  { namespace }: Pick<MachineReader, 'namespace'>,
  className: string,
  keys: Readonly<Record<string, CimKeyValue>>,
): InstancePath {
  return new InstancePath({ namespace, className, keys });
}

/** All instances of exactly one class; none where the schema has no such class. */
export async function allOf({ namespace, store }: MachineReader, className: string): Promise<StoredInstance[]> {
  const found: StoredInstance[] = [];
  for await (const one of store.scan(namespace, className)) found.push(stored(one));
  return found;
}

/** The only instance of a class; undefined when the lab has none. */
export async function onlyOne(context: MachineReader, className: string): Promise<StoredInstance | undefined> {
  const [only] = await allOf(context, className);
  return only;
}

/**
 * Stores a new instance. Values that the class does not declare are left out: a schema of somebody's own may know less than Windows'.
 *
 * @returns its path
 */
export async function putNew(
  { namespace, schema, store }: MachineContext,
  className: string,
  values: Readonly<Record<string, CimValue>>,
): Promise<InstancePath> {
  const { name, keys, properties } = schema.getClass(className);
  const path = new InstancePath({
    namespace,
    className: name,
    keys: keys.map(({ name: key }): [string, CimKeyValue] => [key, values[key] as CimKeyValue]),
  });
  const declared = Object.entries(values).filter(([one]) => properties.has(one));
  await store.put(new CimInstance(name, declared, path));
  return path;
}

/** Ties two objects by an association, where the schema has it and both are there. */
export async function tie(
  context: MachineContext,
  association: string,
  ends: Readonly<Record<string, InstancePath | undefined>>,
): Promise<void> {
  if (!context.schema.findClass(association) || Object.values(ends).includes(undefined)) return;
  await putNew(context, association, ends as Readonly<Record<string, InstancePath>>);
}

/** Removes an instance, and all that refers to it. */
export async function removeWithTies({ store }: MachineContext, path: InstancePath): Promise<void> {
  const ties = await store.referencing(path);
  await store.deleteMany([...ties.flatMap((one) => one.path ?? []), path]);
}
