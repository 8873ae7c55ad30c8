import { CimError } from './cim-error.js';
import type { CimInstance } from './cim-instance.js';
import type { InstancePath } from './instance-path.js';
import type { InstanceReader } from './instance-store.js';
import type { Schema } from './schema.js';

/**
 * Finds the instance a path means. A path may name a base class (DSP0004 §5.1.2.7: an instance of a subclass is an
 * instance of the class), as long as exactly one instance of the class and its subclasses has these keys.
 *
 * @throws CimError InvalidParameter when several instances match
 */
export async function resolvePath(
  path: InstancePath,
  namespace: string,
  schema: Schema,
  store: InstanceReader,
): Promise<CimInstance | undefined> {
  const local = path.namespace === undefined ? path.inNamespace(namespace) : path;
  const exact = await store.get(local);
  if (exact) return exact;
  const candidates = await store.findByKeys(local.namespace ?? namespace, local.canonicalKeys);
  const matches = candidates.filter((candidate) => schema.isA(candidate.className, path.className));
  if (matches.length > 1) {
    throw new CimError(
      'InvalidParameter',
      `${matches.length} instances of subclasses of ${path.className} have these keys.`,
    );
  }
  return matches[0];
}
