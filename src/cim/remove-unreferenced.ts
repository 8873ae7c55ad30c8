import { CimError } from './cim-error.js';
import type { InstancePath } from './instance-path.js';
import type { InstanceTransaction } from './instance-store.js';
import { shorten } from './shorten.js';

/**
 * Removes an instance that no other refers to.
 *
 * @param path with namespace, exact class and keys
 * @throws CimError Failed, naming one that does
 */
export async function removeUnreferenced(
  path: InstancePath,
  store: Pick<InstanceTransaction, 'referencing' | 'delete'>,
): Promise<void> {
  for (const referrer of await store.referencing(path)) {
    // What refers to itself does not need itself.
    if (referrer.path?.equals(path)) continue;
    throw new CimError('Failed', `${nameOf(path)} cannot be deleted: ${nameOf(referrer.path)} refers to it.`);
  }
  await store.delete(path);
}

function nameOf(path: InstancePath | undefined): string {
  return shorten(String(path), 500);
}
