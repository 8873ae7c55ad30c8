import { mayReadInstance } from '../contracts/access.js';
import type { Call } from '../contracts/call.js';
import type { InstanceContext } from '../contracts/provider.js';
import type { HandlerContext } from '../create-handler.js';
import { CimError } from '../model/cim-error.js';
import type { InstancePath } from '../model/instance-path.js';
import { shorten } from '../model/shorten.js';
import { started } from './started.js';

/**
 * Removes instances that nothing refers to but they themselves.
 *
 * @param paths with namespace, exact class and keys
 * @throws CimError Failed, naming what refers to one of them, where the caller may read that; the transaction is to be given up then
 */
export async function removeUnreferenced(
  paths: readonly InstancePath[],
  { store, explain }: Pick<InstanceContext, 'store' | 'explain'>,
  call: Call,
  { namespaces }: Pick<HandlerContext, 'namespaces'>,
): Promise<void> {
  const removed = new Set(paths.map(({ canonical }) => canonical));
  // Asked for before the instances go, and waited for with them.
  const asked = paths.map((path) => [path, started(store.referencing(path))] as const);
  const removing = started(store.deleteMany(paths));
  for (const [path, referring] of asked) {
    const referrer = (await referring).find((each) => !each.path || !removed.has(each.path.canonical));
    if (!referrer) continue;
    const reason = `${nameOf(path)} cannot be deleted: ${nameOf(referrer.path)} refers to it.`;
    const isTold = (one: InstancePath | undefined) =>
      one !== undefined && mayReadInstance(one, call.access?.permissions, namespaces);
    if (isTold(path) && isTold(referrer.path)) throw new CimError('Failed', reason);
    // Whoever looks into the endpoint is told nevertheless.
    explain(reason, [path, ...(referrer.path ? [referrer.path] : [])]);
    throw new CimError('Failed', 'The instance cannot be deleted: something refers to it, or to what goes with it.');
  }
  await removing;
}

function nameOf(path: InstancePath | undefined): string {
  return shorten(String(path), 500);
}
