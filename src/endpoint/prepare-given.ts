import type { Namespaces } from '../cim/contracts/namespaces.js';
import { CimError } from '../cim/model/cim-error.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { prepareInstance } from '../lab/prepare-instance.js';
import { ModelError } from './model-error.js';
import type { SortedSources } from './seed-source.js';

/** Instances that a program gives, as they are to be stored. @throws ModelError that names the first that is wrong by its place */
export function prepareGiven(
  instances: SortedSources['instances'],
  namespaces: Namespaces,
  defaultNamespace: string,
): readonly CimInstance[] {
  return instances.map(({ name, instance }) => {
    try {
      return prepareInstance(instance, namespaces, defaultNamespace);
    } catch (error) {
      throw error instanceof CimError ? new ModelError(`${name}: ${error.message}`, { cause: error }) : error;
    }
  });
}
