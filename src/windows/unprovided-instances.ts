import type { InstanceRules } from '../cim/contracts/provider.js';
import { type CimClass, lineage } from '../cim/model/cim-class.js';
import { NotCapableError } from '../cim/model/not-capable-error.js';
import type { Schema } from '../cim/schema/schema.js';

/** What a class says of itself when its provider creates or deletes instances for clients. */
type Ability = 'SupportsCreate' | 'SupportsDelete';

/**
 * What clients may do with instances of Windows' classes that no provider of ours speaks for: Windows' own would refuse what the class does
 * not say that it can. Instances of system classes lie in the repository, where anybody puts some; so do those of classes of somebody's own.
 *
 * @param isOfWindows whether a class is Windows', and not one that somebody has declared
 */
export function unprovidedInstances(schema: Schema, isOfWindows: (className: string) => boolean): InstanceRules {
  const check = (className: string, ability: Ability, what: string) => {
    if (className.startsWith('__') || !isOfWindows(className) || has(schema.getClass(className), ability)) return;
    throw new NotCapableError(`The provider of ${className} cannot ${what} instances.`);
  };
  return {
    create: async (instance) => {
      check(instance.className, 'SupportsCreate', 'create');
      return instance;
    },
    modify: async (instance) => instance,
    delete: async ({ className }) => check(className, 'SupportsDelete', 'delete'),
  };
}

function has(cimClass: CimClass, ability: Ability): boolean {
  return [...lineage(cimClass)].some(({ qualifiers }) => qualifiers.get(ability)?.value === true);
}
