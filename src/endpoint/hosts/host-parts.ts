import type { ContextStore } from '../../cim/contracts/context-store.js';
import type { Logger } from '../../http/logger.js';
import { hostContexts } from '../../store/hosts/host-contexts.js';
import { hostView } from '../../store/hosts/host-view.js';
import type { ServiceSettings } from '../../wsman/service-settings.js';
import type { Closers } from '../closers.js';
import type { EndpointSeams } from '../endpoint-seams.js';
import { namedLogger } from '../named-logger.js';
import { type Accounts, openAccounts } from '../open-accounts.js';
import type { OpenStore } from '../open-store.js';
import type { EndpointOptions } from '../options/endpoint-options.js';
import type { OwnParts } from '../prepare-host.js';
import { givenFor, hostOptionsOf } from './host-options-of.js';
import type { PlacedHost, Placement } from './placement.js';

/** What hosts have their own of, made of what the endpoint has. */
export interface HostSource {
  readonly options: EndpointOptions;
  readonly placement: Placement;
  readonly opened: Pick<OpenStore, 'store' | 'whole' | 'contexts'>;
  readonly accounts: Accounts;
  readonly logger: Logger;
  readonly closers: Closers;
  /** What the clients of the default host had begun is forgotten: tells others, and waits for them. */
  readonly contextsCleared: EndpointSeams['contextsCleared'];
}

/**
 * The part of one host: the state as it sees it, and what is said of it alone.
 *
 * @param settings winrm/config of this host
 * @throws AccountError, RoleError
 */
export async function hostParts(
  { declaration, scope }: PlacedHost,
  { options: all, placement, opened, accounts, logger: log, closers, contextsCleared }: HostSource,
  settings: ServiceSettings,
): Promise<OwnParts> {
  const { name } = declaration;
  const isDefault = placement.default?.declaration === declaration;
  const given = givenFor(all, placement.names, declaration);
  const logger = namedLogger(log, { host: name });
  const options = hostOptionsOf(all, given, isDefault);
  const contexts = hostContexts(opened.contexts, name, isDefault);
  return {
    ...{ name, options, settings, logger },
    store: hostView(opened.store, scope),
    whole: hostView(opened.whole, scope),
    contexts: isDefault && contextsCleared ? telling(contexts, contextsCleared) : contexts,
    accounts: given?.users ? await openAccounts({ ...options, users: given.users }, logger, closers) : accounts,
  };
}

function telling(contexts: ContextStore, cleared: () => Promise<void>): ContextStore {
  const clear = async () => {
    await contexts.clear();
    await cleared();
  };
  return { ...contexts, clear };
}
