import type { Call } from '../contracts/call.js';
import type { DeleteRule, InstanceContext } from '../contracts/provider.js';
import type { HandlerContext } from '../create-handler.js';
import type { CimInstance } from '../model/cim-instance.js';
import type { InstancePath } from '../model/instance-path.js';
import { callProvider } from './call-provider.js';
import { findInstanceRule } from './find-instance-rule.js';
import { notFound, spaceOf } from './get-instance.js';
import { removeUnreferenced } from './remove-unreferenced.js';
import { writeInstances } from './write-instances.js';

/**
 * DeleteInstance (DSP0223 §7.4.3). What belongs to the instance goes with it, by the rule of its class; what still refers
 * to it then stands in the way.
 *
 * @throws CimError as {@link CimOperations.DeleteInstance} says
 */
export async function deleteInstance(broker: HandlerContext, path: InstancePath, call: Call): Promise<undefined> {
  const space = spaceOf(broker, path);
  space.schema.getClass(path.className);
  return writeInstances(broker, space, call, async (context) => {
    const instance = await context.resolve(path);
    const stored = instance?.path;
    if (!stored) throw notFound(path);
    const rule = findInstanceRule(space, context.schema.getClass(instance.className), 'delete');
    const parts =
      typeof rule === 'function' ? await callProvider(instance.className, () => partsOf(rule, instance, context)) : [];
    await removeUnreferenced([...parts, stored], context, call, broker);
    return undefined;
  });
}

/** What goes with the instance; nothing when the rule has removed it itself. */
async function partsOf(
  rule: DeleteRule,
  instance: CimInstance,
  context: InstanceContext,
): Promise<readonly InstancePath[]> {
  const parts = await rule(instance, context);
  return typeof parts === 'object' ? parts : [];
}
