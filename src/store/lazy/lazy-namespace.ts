import type { InstanceTransaction } from '../../cim/contracts/instance-store.js';
import { loadedMark, loadedMarkPath } from '../../cim/loaded-mark.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { NameMap } from '../../cim/model/name-map.js';

/** A namespace whose first instances are put into the store when it is first used. */
export interface LazyNamespace {
  /** As the paths of its instances have it. */
  readonly namespace: string;
  /** Each with its path; asked for once in a process, or never. */
  instances(): readonly CimInstance[];
  /** What an instance is when it is put in: the same one, unless it tells of times. */
  asOfNow?(instance: CimInstance): CimInstance;
  /** Puts what else is in it, which follows from what there is then, in it and in other namespaces. */
  follow?(transaction: InstanceTransaction): Promise<void>;
}

/** Such a namespace, and where it is noted that this was done. */
export interface MarkedNamespace extends LazyNamespace {
  readonly mark: InstancePath;
}

/** By the name of the namespace. */
export function markedNamespaces(given: readonly LazyNamespace[]): NameMap<MarkedNamespace> {
  return new NameMap(
    given.map((one) => {
      let instances: readonly CimInstance[] | undefined;
      const remembered = () => {
        instances ??= one.instances();
        return instances;
      };
      const mark = loadedMarkPath(one.namespace);
      return [one.namespace, { ...one, instances: remembered, mark }] as const;
    }),
  );
}

/**
 * Puts the instances of those that have none yet: all but those whose places are taken, of somebody's who came before.
 *
 * @returns those that had none
 */
export async function load(
  transaction: InstanceTransaction,
  wanted: readonly MarkedNamespace[],
): Promise<readonly MarkedNamespace[]> {
  const marks = await transaction.getMany(wanted.map(({ mark }) => mark));
  const missing = wanted.filter((_, at) => marks[at] === undefined);
  if (missing.length === 0) return missing;
  const instances = missing.flatMap((one) => one.instances().map((each) => one.asOfNow?.(each) ?? each));
  const present = await transaction.getMany(instances.flatMap(({ path }) => path ?? []));
  const absent = instances.filter((_, at) => present[at] === undefined);
  await transaction.putMany([...missing.map(({ mark }) => loadedMark(mark)), ...absent]);
  return missing;
}
