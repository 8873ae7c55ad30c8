import { ProviderError } from '../contracts/provider-error.js';
import { findTypeProblem } from '../model/check-value.js';
import type { CimClass } from '../model/cim-class.js';
import type { CimInstance } from '../model/cim-instance.js';
import { sameName } from '../model/name-map.js';

/**
 * A rule that gives back what its class does not declare is a programming error, and must not be stored.
 *
 * @throws ProviderError
 */
export function checkProvided(instance: CimInstance, cimClass: CimClass): void {
  if (!sameName(instance.className, cimClass.name)) {
    throw new ProviderError('invalid response', `the rule of ${cimClass.name} made a ${instance.className}`);
  }
  for (const [name, value] of instance.properties) {
    const property = cimClass.properties.get(name);
    const problem = property ? findTypeProblem(value, property.type) : 'there is no such property';
    if (problem) throw new ProviderError('invalid response', `the rule of ${cimClass.name} set ${name}: ${problem}`);
  }
}
