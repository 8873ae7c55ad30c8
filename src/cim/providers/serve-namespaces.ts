import type { Namespace, Namespaces } from '../contracts/namespaces.js';
import { createNamespaces } from '../contracts/namespaces.js';
import type { InstanceRules, Provider } from '../contracts/provider.js';
import type { ProviderFactory } from '../contracts/provider-host.js';
import type { OtherMethods, ServedNamespace } from '../create-handler.js';
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
  /** The same. */
  readonly otherMethods?: OtherMethods | undefined;
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
    const reason = new Error('the endpoint closes');
    await Promise.all(hosts.map((one) => one.close(reason)));
  };
  try {
    // There are as many hosts as namespaces.
    const served = given.map((space, at) => new Served(space, hosts[at] as (typeof hosts)[number]));
    const reset = () => {
      for (const one of hosts) one.reset();
    };
    return { namespaces: createNamespaces(served), reset, close };
  } catch (error) {
    void close();
    throw error;
  }
}

/** What is joined of the providers of a namespace. */
type Joined = Pick<ServedNamespace, 'providers' | 'derivations'>;

/** A namespace at work. A class, whose getters are its own: those of a literal would give every namespace another shape. */
class Served implements ServedNamespace {
  readonly name: string;
  readonly schema: Namespace['schema'];
  readonly host: OpenProviderHost['host'];
  readonly jobs: OpenProviderHost['jobs'];
  readonly unprovided: InstanceRules | undefined;
  readonly otherMethods: OtherMethods | undefined;
  readonly #given: readonly NamedProvider[];
  #later: NamespaceToServe['later'];
  #loading: Promise<void> | undefined;
  #joined: Joined | undefined;

  constructor(
    { name, schema, unprovided, otherMethods, providers, later }: NamespaceToServe,
    { host, jobs }: OpenProviderHost,
  ) {
    this.name = name;
    this.schema = schema;
    this.host = host;
    this.jobs = jobs;
    this.unprovided = unprovided;
    this.otherMethods = otherMethods;
    this.#later = later;
    this.#given = this.#make(providers);
    // Those that come with this endpoint fit together, and may wait until somebody asks.
    if (!providers.every(({ isBuiltIn }) => isBuiltIn)) this.#joined = this.#join(this.#given);
  }

  get providers(): ServedNamespace['providers'] {
    return this.#all.providers;
  }

  get derivations(): ServedNamespace['derivations'] {
    return this.#all.derivations;
  }

  get waiting(): (() => Promise<void>) | undefined {
    const come = this.#later;
    if (come === undefined) return undefined;
    return () => {
      this.#loading ??= this.#load(come);
      return this.#loading;
    };
  }

  get #all(): Joined {
    this.#joined ??= this.#join(this.#given);
    return this.#joined;
  }

  async #load(come: NonNullable<NamespaceToServe['later']>): Promise<void> {
    this.#joined = this.#join([...this.#make(await come()), ...this.#given]);
    this.#later = undefined;
  }

  #make(sources: readonly ProviderSource[]): readonly NamedProvider[] {
    return sources.map(({ provider, ...rest }) => ({
      ...rest,
      provider: typeof provider === 'function' ? provider(this.host) : provider,
    }));
  }

  #join(all: readonly NamedProvider[]): Joined {
    const providers = joinProviders(this, all);
    return { providers, derivations: createDerivations(this.schema, providers) };
  }
}
