import type { Namespace, Namespaces } from '../contracts/namespaces.js';
import { createNamespaces } from '../contracts/namespaces.js';
import type { InstanceRules, Provider } from '../contracts/provider.js';
import type { ProviderFactory } from '../contracts/provider-host.js';
import type { ServedNamespace } from '../create-handler.js';
import { createProviderHost, type OpenProviderHost, type ProviderHostOptions } from './create-provider-host.js';
import { createDerivations } from './derivations.js';
import { joinProviders, type NamedProvider } from './join-providers.js';

/** A provider, or what makes one. */
export type ProviderSource = Omit<NamedProvider, 'provider'> & { readonly provider: Provider | ProviderFactory };

/** A namespace, and who provides for its classes. */
export interface NamespaceToServe extends Namespace {
  readonly providers: readonly ProviderSource[];
  /** Others, before those, that come when the namespace is first used. */
  readonly later?: (() => Promise<readonly ProviderSource[]>) | undefined;
  /** As a served namespace has it. */
  readonly unprovided?: InstanceRules | undefined;
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
    // There are as many hosts as namespaces.
    const served = given.map((space, at) => serve(space, hosts[at] as (typeof hosts)[number]));
    const reset = () => {
      for (const one of hosts) one.reset();
    };
    return { namespaces: createNamespaces(served), reset, close };
  } catch (error) {
    void close();
    throw error;
  }
}

function serve(space: NamespaceToServe, { host, jobs }: OpenProviderHost): ServedNamespace {
  const { name, schema, unprovided } = space;
  const make = (sources: readonly ProviderSource[]): NamedProvider[] =>
    sources.map(({ provider, ...rest }) => ({
      ...rest,
      provider: typeof provider === 'function' ? provider(host) : provider,
    }));
  const given = make(space.providers);
  const join = (all: readonly NamedProvider[]) => {
    const providers = joinProviders({ name, schema }, all);
    return { providers, derivations: createDerivations(schema, providers) };
  };
  let joined = join(given);
  let { later } = space;
  let loading: Promise<void> | undefined;
  const load = async (come: NonNullable<typeof later>) => {
    joined = join([...make(await come()), ...given]);
    later = undefined;
  };
  return {
    ...{ name, schema, host, jobs, unprovided },
    get providers() {
      return joined.providers;
    },
    get derivations() {
      return joined.derivations;
    },
    get waiting() {
      const come = later;
      if (come === undefined) return undefined;
      return () => {
        loading ??= load(come);
        return loading;
      };
    },
  };
}
