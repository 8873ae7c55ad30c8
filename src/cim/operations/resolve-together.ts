import type { InstanceContext } from '../contracts/provider.js';
import { LongWork } from '../long-work.js';
import type { CimInstance } from '../model/cim-instance.js';
import type { InstancePath } from '../model/instance-path.js';
import { started } from './started.js';

/** An object that a reference means: to be waited for, since those that are named by a base class take longer to find. */
export type Sought = CimInstance | Promise<CimInstance | undefined> | undefined;

/** References that are asked about at once; of more, the first so many, and so on, with others answered in between. */
const ASKED_TOGETHER = 256;

/**
 * What some references mean, in their order, as {@link InstanceContext.resolve} finds it, with one question to the store
 * when each is the path under which its object is stored. Undefined for what is no reference.
 */
export async function resolveTogether(
  references: readonly (InstancePath | null | undefined)[],
  context: ResolveContext,
): Promise<readonly Sought[]> {
  if (references.length <= ASKED_TOGETHER) return resolveSome(references, context);
  const work = new LongWork(context.signal);
  const sought: Sought[] = [];
  for (let from = 0; from < references.length; from += ASKED_TOGETHER) {
    if (work.isDueNow()) await work.pause();
    sought.push(...(await resolveSome(references.slice(from, from + ASKED_TOGETHER), context)));
  }
  return sought;
}

type ResolveContext = Pick<InstanceContext, 'namespace' | 'store' | 'resolve' | 'signal'>;

async function resolveSome(
  references: readonly (InstancePath | null | undefined)[],
  { namespace, store, resolve }: ResolveContext,
): Promise<readonly Sought[]> {
  const paths: InstancePath[] = [];
  for (const path of references)
    if (path) paths.push(path.namespace === undefined ? path.inNamespace(namespace) : path);
  const stored = await store.getMany(paths);
  const sought: Sought[] = [];
  let asked = 0;
  for (const reference of references) {
    if (!reference) {
      sought.push(undefined);
      continue;
    }
    sought.push(stored[asked] ?? started(resolve(reference)));
    asked += 1;
  }
  return sought;
}
