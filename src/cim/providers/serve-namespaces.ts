import type { Namespace, Namespaces } from '../contracts/namespaces.js';
import { createNamespaces } from '../contracts/namespaces.js';
import type { Provider } from '../contracts/provider.js';
import type { ProviderFactory } from '../contracts/provider-host.js';
import type { ServedNamespace } from '../create-handler.js';
import { createProviderHost, type ProviderHostOptions } from './create-provider-host.js';
import { createDerivations } from './derivations.js';
import { joinProviders, type NamedProvider } from './join-providers.js';

/** A provider, or what makes one. */
export type ProviderSource = Omit<NamedProvider, 'provider'> & { readonly provider: Provider | ProviderFactory };

/** A namespace, and who provides for its classes. */
export interface NamespaceToServe extends Namespace {
  readonly providers: readonly ProviderSource[];
}

/** Namespaces with their providers at work. */
export interface ServedNamespaces {
  readonly namespaces: Namespaces<ServedNamespace>;
  /** Ends what providers do by themselves, and has them begin again. */
  reset(): void;
  /** Ends what providers do by themselves. */
  close(): Promise<void>;
}

/**
 * Makes and joins the providers of namespaces.
 *
 * @throws ProviderDefinitionError, and what a factory throws; whatever a factory has begun by then is ended
 */
export function serveNamespaces(given: readonly NamespaceToServe[], options: ProviderHostOptions): ServedNamespaces {
  const hosts = given.map((space) => createProviderHost(space, options));
  const close = async () => {
    await Promise.all(hosts.map((one) => one.close()));
  };
  try {
    const served = given.map(({ name, schema, providers }, at): ServedNamespace => {
      // There are as many hosts as namespaces.
      const { host, jobs } = hosts[at] as (typeof hosts)[number];
      const made = providers.map(({ provider, ...rest }) => {
        return { ...rest, provider: typeof provider === 'function' ? provider(host) : provider };
      });
      const joined = joinProviders({ name, schema }, made);
      return { name, schema, host, jobs, providers: joined, derivations: createDerivations(schema, joined) };
    });
    const reset = () => {
      for (const one of hosts) one.reset();
    };
    return { namespaces: createNamespaces(served), reset, close };
  } catch (error) {
    void close();
    throw error;
  }
}
