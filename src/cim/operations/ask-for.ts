import type { Call } from '../contracts/call.js';
import { ProviderError } from '../contracts/provider-error.js';
import type { HandlerContext, ServedNamespace } from '../create-handler.js';
import { findTypeProblem } from '../model/check-value.js';
import type { CimClass } from '../model/cim-class.js';
import type { CimInstance } from '../model/cim-instance.js';
import type { CimValue } from '../model/cim-value.js';
import type { NameMap } from '../model/name-map.js';
import { callProvider } from './call-provider.js';

/**
 * An instance of a class whose instances are made when somebody asks for one.
 *
 * @param given values of its keys, or of whatever properties a query compares
 * @returns undefined when there is none; `stored` for any other class, which has its instances in the store
 * @throws ProviderError for one without a path, or with a value that does not fit its property
 */
export async function askFor(
  { store }: Pick<HandlerContext, 'store'>,
  space: ServedNamespace,
  className: string,
  given: NameMap<CimValue>,
  call: Call,
): Promise<CimInstance | undefined | 'stored'> {
  const make = space.providers.get(className)?.asked;
  if (!make) return 'stored';
  const { name: namespace, schema } = space;
  const context = { namespace, schema, store, now: () => call.now() };
  const made = await call.cancellation.race(callProvider(className, () => make(given, context)));
  if (made) check(made, schema.getClass(className).properties);
  return made;
}

function check({ className, path, properties }: CimInstance, declared: CimClass['properties']): void {
  if (!path) throw new ProviderError('invalid response', `the instance of ${className} has no path`);
  for (const [name, value] of properties) {
    const property = declared.get(name);
    const problem = property ? findTypeProblem(value, property.type) : 'there is no such property';
    if (problem) throw new ProviderError('invalid response', `${className}.${name}: ${problem}`);
  }
}
