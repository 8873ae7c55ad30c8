import type { InstanceTransaction } from '../contracts/instance-store.js';
import { CimError } from '../model/cim-error.js';
import type { InstancePath } from '../model/instance-path.js';
import { shorten } from '../model/shorten.js';
import { started } from './started.js';

/**
 * Removes instances that nothing refers to but they themselves.
 *
 * @param paths with namespace, exact class and keys
 * @throws CimError Failed, naming what refers to one of them; the transaction is to be given up then
 */
export async function removeUnreferenced(
  paths: readonly InstancePath[],
  store: Pick<InstanceTransaction, 'referencing' | 'deleteMany'>,
): Promise<void> {
  const removed = new Set(paths.map(({ canonical }) => canonical));
  // Asked for before the instances go, and waited for with them.
  const asked = paths.map((path) => [path, started(store.referencing(path))] as const);
  const removing = started(store.deleteMany(paths));
  for (const [path, referring] of asked) {
    const referrer = (await referring).find((each) => !each.path || !removed.has(each.path.canonical));
    if (!referrer) continue;
    throw new CimError('Failed', `${nameOf(path)} cannot be deleted: ${nameOf(referrer.path)} refers to it.`);
  }
  await removing;
}

function nameOf(path: InstancePath | undefined): string {
  return shorten(String(path), 500);
}
