import type { InstanceRules, ModifyRule } from '../contracts/provider.js';
import type { ServedNamespace } from '../create-handler.js';
import { type CimClass, lineage } from '../model/cim-class.js';
import { CimError } from '../model/cim-error.js';

const anyChange: ModifyRule = async (instance) => instance;

/** Instances that no provider speaks for are data: clients do with them as they like. */
const NO_RULES: Required<InstanceRules> = { create: true, modify: anyChange, delete: true };

/** A rule that allows the operation, in some way. */
export type Allowing<Operation extends keyof InstanceRules> = Exclude<InstanceRules[Operation], undefined | false>;

/**
 * The rule of the class, or of the nearest superclass that has rules, for one operation.
 *
 * @throws CimError NotSupported when it allows the operation in no way
 */
export function findInstanceRule<Operation extends keyof InstanceRules>(
  { providers, unprovided = NO_RULES }: ServedNamespace,
  cimClass: CimClass,
  operation: Operation,
): Allowing<Operation> {
  let rules = unprovided;
  for (const { name } of lineage(cimClass)) {
    const found = providers.get(name)?.instances;
    if (!found) continue;
    rules = found;
    break;
  }
  const rule = rules[operation];
  if (rule === undefined || rule === false) {
    throw new CimError('NotSupported', `Instances of ${cimClass.name} are not for clients to ${operation}.`);
  }
  return rule as Allowing<Operation>;
}
