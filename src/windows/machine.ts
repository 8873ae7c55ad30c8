import type { InstanceContext } from '../cim/contracts/provider.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import { type StoredInstance, stored } from './on-instance.js';

/** What is needed to look around in a machine. */
export type MachineReader = Pick<InstanceContext, 'namespace' | 'schema'> & {
  readonly store: Pick<
    InstanceContext['store'],
    'get' | 'scan' | 'referencing' | 'findByKeys' | 'findEqual' | 'page' | 'mark' | 'count'
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
export async function allOf(
  { namespace, store }: Pick<MachineReader, 'namespace' | 'store'>,
  className: string,
): Promise<StoredInstance[]> {
  const found: StoredInstance[] = [];
  for await (const one of store.scan(namespace, className)) found.push(stored(one));
  return found;
}

/** The only instance of a class; undefined when the lab has none. */
export async function onlyOne(
  context: Pick<MachineReader, 'namespace' | 'store'>,
  className: string,
): Promise<StoredInstance | undefined> {
  const [only] = await allOf(context, className);
  return only;
}

/** What is to be known of a class to make an instance. */
interface Shape {
  readonly name: string;
  readonly keys: readonly string[];
  has(property: string): boolean;
}

/** As the schema has a class; where that is of another namespace, as its instances are. Undefined: there is no such class. */
async function shapeOf(context: MachineContext, className: string): Promise<Shape | undefined> {
  const declared = context.schema.findClass(className);
  if (declared) {
    const { name, keys, properties } = declared;
    return { name, keys: keys.map((key) => key.name), has: (property) => properties.has(property) };
  }
  const others = await allOf(context, className);
  const [first] = others;
  if (!first?.path) return undefined;
  const keys = Array.from(first.path.keys, ([key]) => key);
  return { name: first.className, keys, has: (property) => others.some((one) => one.properties.has(property)) };
}

/**
 * Stores a new instance. Values that the class does not declare are left out: a schema of somebody's own may know less than Windows'.
 *
 * @returns its path
 */
export async function putNew(
  context: MachineContext,
  className: string,
  values: Readonly<Record<string, CimValue>>,
): Promise<InstancePath> {
  const shape = await shapeOf(context, className);
  if (!shape) throw new TypeError(`there is no class ${className}`);
  const path = new InstancePath({
    namespace: context.namespace,
    className: shape.name,
    keys: shape.keys.map((key): [string, CimKeyValue] => [key, values[key] as CimKeyValue]),
  });
  const known = Object.entries(values).filter(([one]) => shape.has(one));
  await context.store.put(new CimInstance(shape.name, known, path));
  return path;
}

/** Ties two objects by an association, where the schema has it and both are there. */
export async function tie(
  context: MachineContext,
  association: string,
  ends: Readonly<Record<string, InstancePath | undefined>>,
): Promise<void> {
  if (Object.values(ends).includes(undefined) || !(await shapeOf(context, association))) return;
  await putNew(context, association, ends as Readonly<Record<string, InstancePath>>);
}

/** Removes an instance, and all that refers to it. */
export async function removeWithTies({ store }: MachineContext, path: InstancePath): Promise<void> {
  const ties = await store.referencing(path);
  await store.deleteMany([...ties.flatMap((one) => one.path ?? []), path]);
}
