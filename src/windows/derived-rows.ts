import type { InstanceReader, InstanceTransaction } from '../cim/contracts/instance-store.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import { sameValue } from '../cim/model/same-value.js';

type Values = Readonly<Record<string, CimValue>>;

/** An instance that follows from others. */
export interface Row {
  readonly keys: Readonly<Record<string, CimKeyValue>>;
  /** What follows. */
  readonly values: Values;
  /** What it begins with, and may be changed. */
  readonly initial?: Values;
}

/** Where rows of a class lie. */
export interface Place {
  readonly namespace: string;
  readonly className: string;
}

/**
 * Makes the instances of a class what follows from others: those that are missing appear, those that follow from nothing go, and of those
 * that stay what is otherwise changes. One that is right already is not written.
 *
 * @param isKept says of an instance that follows from nothing whether it is there by itself
 */
export async function showRows(
  store: InstanceTransaction,
  { namespace, className }: Place,
  rows: readonly Row[],
  isKept: (instance: CimInstance) => boolean = () => false,
): Promise<void> {
  const present = new Map<string, CimInstance>();
  for (const one of await instancesIn(store, { namespace, className })) present.set(one.path?.canonical ?? '', one);
  for (const { keys, values, initial } of rows) {
    const path = new InstancePath({ namespace, className, keys });
    const before = present.get(path.canonical);
    present.delete(path.canonical);
    const begun =
      before ?? new CimInstance(className, [...Object.entries(keys), ...Object.entries(initial ?? {})], path);
    const isRight =
      before && Object.entries(values).every(([name, value]) => sameValue(before.get(name), value, namespace));
    if (!isRight) await store.put(begun.with(values));
  }
  const left = Array.from(present.values()).filter((one) => !isKept(one));
  await store.deleteMany(left.flatMap(({ path }) => path ?? []));
}

/** All instances of one class. */
export async function instancesIn(
  store: Pick<InstanceReader, 'scan'>,
  { namespace, className }: Place,
): Promise<readonly CimInstance[]> {
  const found: CimInstance[] = [];
  for await (const one of store.scan(namespace, className)) found.push(one);
  return found;
}
