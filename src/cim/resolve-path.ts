import { CimError } from './cim-error.js';
import type { CimInstance } from './cim-instance.js';
import type { InstancePath } from './instance-path.js';
import type { InstanceReader } from './instance-store.js';
import type { Schema } from './schema.js';

/**
 * Finds the instance a path means. A path may name a base class (DSP0004 §5.1.2.7: an instance of a subclass is an
 * instance of the class), as long as exactly one instance of the class and its subclasses has these keys.
 *
 * @param wanted a class that the instance must be of, too, where the path may name a base class of it
 * @throws CimError InvalidParameter when several instances match
 */
export async function resolvePath(
  path: InstancePath,
  namespace: string,
  schema: Schema,
  store: InstanceReader,
  wanted?: string,
): Promise<CimInstance | undefined> {
  const fits = ({ className }: CimInstance) => wanted === undefined || schema.isA(className, wanted);
  const local = path.namespace === undefined ? path.inNamespace(namespace) : path;
  const exact = await store.get(local);
  if (exact && fits(exact)) return exact;
  const candidates = await store.findByKeys(local.namespace ?? namespace, local.canonicalKeys);
  const matches = candidates.filter((candidate) => schema.isA(candidate.className, path.className) && fits(candidate));
  if (matches.length > 1) {
    throw new CimError(
      'InvalidParameter',
      `${matches.length} instances of subclasses of ${wanted ?? path.className} have these keys.`,
    );
  }
  return matches[0];
}
