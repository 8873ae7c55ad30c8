import type { Provider } from '../cim/contracts/provider.js';
import type { ProviderFactory } from '../cim/contracts/provider-host.js';
import { sameNamespace } from '../cim/model/instance-path.js';
import type { ProviderSource } from '../cim/providers/serve-namespaces.js';
import { checkProvider } from './check-provider.js';
import type { Model } from './load-model.js';
import { ModelError } from './model-error.js';

/** A provider in a namespace of its own. */
export interface NamespaceProvider {
  readonly namespace: string;
  readonly provider: Provider | ProviderFactory;
  /** What errors call it: the file it came from, say. Default: its place in the list. */
  readonly name?: string | undefined;
}

/** A provider, what makes one, or either in a namespace of its own. */
export type GivenProvider = Provider | ProviderFactory | NamespaceProvider;

/**
 * Finds the namespace of each provider.
 *
 * @returns the providers of a namespace, in the order given
 * @throws ModelError for a namespace that does not exist: its providers would never be called
 */
export function placeProviders(
  { namespaces }: Pick<Model, 'namespaces'>,
  providers: readonly GivenProvider[],
  defaultNamespace: string,
): (namespace: string) => readonly ProviderSource[] {
  const placed = providers.map((one, at) => {
    const {
      namespace,
      provider,
      name = `providers[${at}]`,
    } = isPlaced(one) ? one : { namespace: defaultNamespace, provider: one };
    if (namespaces.some((known) => sameNamespace(known.name, namespace)))
      return { namespace, source: { name, isBuiltIn: false, provider: checkedWhenMade(provider, name) } };
    const names = namespaces.map((known) => known.name).join(', ');
    throw new ModelError(`${name}: there is no namespace ${namespace}, only ${names}`);
  });
  return (namespace) => placed.filter((one) => sameNamespace(one.namespace, namespace)).map(({ source }) => source);
}

function isPlaced(one: GivenProvider): one is NamespaceProvider {
  return typeof one === 'object' && 'provider' in one;
}

/** What a factory makes is looked at as soon as it is made. */
function checkedWhenMade(given: Provider | ProviderFactory, name: string): Provider | ProviderFactory {
  if (typeof given !== 'function') return given;
  return (host) => {
    const made = given(host);
    checkProvider(name, made);
    return made;
  };
}
