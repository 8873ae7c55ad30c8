import type { InstanceReader } from '../cim/contracts/instance-store.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { InstancePath } from '../cim/model/instance-path.js';
import { type StoredInstance, stored } from './on-instance.js';

/**
 * What is at the other end of an association of one class, as far as it is there.
 *
 * @param ends the role of the path, and that of what is wanted
 */
export async function acrossFrom(
  store: InstanceReader,
  path: InstancePath,
  association: string,
  [role, other]: readonly [role: string, other: string],
): Promise<readonly StoredInstance[]> {
  const ties = await store.referencing(path, { classNames: [association], role });
  const found = await Promise.all(ties.map((tie) => follow(store, tie, other)));
  return found.flatMap((one) => one ?? []);
}

/** What a reference leads to; undefined when it is not there. */
export async function follow(
  store: InstanceReader,
  tie: CimInstance,
  role: string,
): Promise<StoredInstance | undefined> {
  const path = tie.get(role);
  return path instanceof InstancePath ? stored(await store.get(path)) : undefined;
}
