import type { Call } from '../contracts/call.js';
import type { InstanceBatch, InstanceCursor } from '../contracts/cim-operation.js';
import type { HandlerContext } from '../create-handler.js';
import { CimError } from '../model/cim-error.js';
import { NotCapableError } from '../model/not-capable-error.js';
import { deriveAll } from './derive-values.js';

/** OpenEnumerateInstances (DSP0223 §7.4.5). @throws CimError InvalidNamespace, InvalidClass */
export async function openInstances(
  context: HandlerContext,
  namespace: string,
  className: string,
  { subclasses }: { readonly subclasses: boolean },
): Promise<InstanceCursor> {
  const space = context.namespaces.getNamespace(namespace);
  const { name, schema } = space;
  const wanted = schema.getClass(className);
  if (space.providers.get(wanted.name)?.asked)
    throw new NotCapableError(
      `Instances of ${wanted.name} cannot be listed: each is made when it is asked for by its keys.`,
    );
  const declared = subclasses
    ? Array.from(schema.withSubclasses(wanted.name), (cimClass) => cimClass.name)
    : [wanted.name];
  // The mark comes first: a class found empty after it has nothing to show as of it.
  const asOf = await context.store.mark(name);
  const counts = await context.store.count(name, declared);
  return { namespace: name, classNames: declared.filter((_, at) => counts[at] !== 0), asOf };
}

/**
 * PullInstancesWithPath (DSP0223 §7.4.9). The cost is that of the batch. A walk shows every instance that was there at
 * its beginning and still is, once; what is changed meanwhile is shown as it is, what is created meanwhile is not.
 *
 * @throws CimError InvalidParameter when `limit` is no positive integer
 */
export async function pullInstances(
  context: HandlerContext,
  cursor: InstanceCursor,
  limit: number,
  call: Call,
): Promise<InstanceBatch> {
  if (!Number.isInteger(limit) || limit < 1) throw new CimError('InvalidParameter', `A batch of ${limit} is none.`);
  const { namespace, classNames, asOf, after } = cursor;
  const page = await context.store.page(namespace, classNames, { asOf, after, limit });
  const space = context.namespaces.findNamespace(namespace);
  const instances =
    space && !space.derivations.isEmpty ? await deriveAll(context, space, page.instances, call) : page.instances;
  return { instances, next: page.next === undefined ? undefined : { ...cursor, after: page.next } };
}
