import { sameNamespace } from '../cim/instance-path.js';
import type { Provider } from '../cim/provider.js';
import { type Model, ModelError } from './load-model.js';

/** A provider in a namespace of its own. */
export interface NamespaceProvider {
  readonly namespace: string;
  readonly provider: Provider;
}

/**
 * Finds the namespace of each provider.
 *
 * @returns the providers of a namespace, in the order given
 * @throws ModelError for a provider of a class that does not exist: it would never be called
 */
export function placeProviders(
  { namespaces }: Model,
  providers: readonly (Provider | NamespaceProvider)[],
  defaultNamespace: string,
): (namespace: string) => readonly Provider[] {
  const placed = providers.map((one) => ('provider' in one ? one : { namespace: defaultNamespace, provider: one }));
  for (const { namespace, provider } of placed) {
    const found = namespaces.find(({ name }) => sameNamespace(name, namespace));
    if (!found) throw new ModelError(`the provider of ${provider.className}: there is no namespace ${namespace}`);
    if (found.schema.findClass(provider.className)) continue;
    throw new ModelError(`the provider of ${provider.className}: there is no such class in namespace ${namespace}`);
  }
  return (namespace) => placed.filter((one) => sameNamespace(one.namespace, namespace)).map(({ provider }) => provider);
}
