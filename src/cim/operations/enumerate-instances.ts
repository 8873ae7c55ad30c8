import { CimError } from '../cim-error.js';
import type { CimInstance } from '../cim-instance.js';
import type { InstanceBatch, InstanceCursor } from '../contracts/cim-operation.js';
import type { HandlerContext } from '../create-handler.js';

/** OpenEnumerateInstances (DSP0223 §7.4.5). @throws CimError InvalidNamespace, InvalidClass */
export async function openInstances(
  context: HandlerContext,
  namespaceName: string,
  className: string,
  { subclasses }: { readonly subclasses: boolean },
): Promise<InstanceCursor> {
  const { name: namespace, schema } = context.namespaces.getNamespace(namespaceName);
  const wanted = schema.getClass(className);
  // The mark comes first: a class found empty after it has nothing to show as of it.
  const asOf = await context.store.mark();
  const classNames: string[] = [];
  for (const { name } of subclasses ? schema.withSubclasses(wanted.name) : [wanted]) {
    if ((await context.store.count(namespace, name)) > 0) classNames.push(name);
  }
  return { namespace, classNames, classIndex: 0, asOf };
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
): Promise<InstanceBatch> {
  if (!Number.isInteger(limit) || limit < 1) throw new CimError('InvalidParameter', `A batch of ${limit} is none.`);
  const { namespace, classNames, asOf } = cursor;
  const instances: CimInstance[] = [];
  let { classIndex, after } = cursor;
  while (instances.length < limit) {
    const className = classNames[classIndex];
    if (className === undefined) return { instances, next: undefined };
    const page = await context.store.page(namespace, className, { asOf, after, limit: limit - instances.length });
    instances.push(...page.instances);
    after = page.next;
    if (after === undefined) classIndex += 1;
  }
  return { instances, next: classIndex < classNames.length ? { ...cursor, classIndex, after } : undefined };
}
