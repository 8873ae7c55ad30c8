import type { KerberosAcceptor } from '../auth/kerberos/kerberos-acceptor.js';
import { createAuthenticator } from '../auth/schemes/authenticator.js';
import { type Broker, brokerOf } from '../cim/broker.js';
import { CallRecord } from '../cim/contracts/call.js';
import type { Cancellation } from '../cim/contracts/cancellation.js';
import { type CimHandler, type CimInterceptor, compose } from '../cim/contracts/cim-handler.js';
import type { ContextStore } from '../cim/contracts/context-store.js';
import type { InstanceStore } from '../cim/contracts/instance-store.js';
import type { Namespaces } from '../cim/contracts/namespaces.js';
import type { State } from '../cim/contracts/state.js';
import type { UuidRow } from '../cim/contracts/uuid-source.js';
import { createHandler } from '../cim/create-handler.js';
import { type PausableListeners, startListeners } from '../http/listeners.js';
import type { Logger } from '../http/logger.js';
import { guard } from '../interceptors/guard.js';
import type { Metrics } from '../interceptors/metrics/metrics.js';
import type { Rules } from '../interceptors/rules/rules.js';
import { CIMV2 } from '../windows/namespaces.js';
import { createWsmanService } from '../wsman/service.js';
import type { ServiceSettings } from '../wsman/service-settings.js';
import { composeMessages } from '../wsman/wsman-service.js';
import { authenticationSchemes } from './authentication-schemes.js';
import type { CimFace } from './cim-face.js';
import type { Closers } from './closers.js';
import { dueTasks } from './due-tasks.js';
import { endpointFacts, listenerFacts } from './endpoint-facts.js';
import type { EndpointSeams } from './endpoint-seams.js';
import { goOnWith } from './go-on-with.js';
import type { OpenNetwork } from './hosts/open-network.js';
import type { NamespaceTree } from './namespace-tree.js';
import { openAbilities } from './open-abilities.js';
import type { Accounts } from './open-accounts.js';
import { openCimFace } from './open-cim-face.js';
import { machineHooks, openProviders } from './open-providers.js';
import type { Record } from './open-record.js';
import type { Tls } from './open-tls.js';
import type { EndpointOptions } from './options/endpoint-options.js';
import { unencryptedMode } from './options/network-options.js';
import { createPower, type Power, type PowerWay } from './power.js';

/** What one of several hosts has of its own; where there is one without a name, all there is. */
export interface OwnParts {
  readonly name: string | undefined;
  readonly options: EndpointOptions;
  readonly store: InstanceStore;
  /** The same as it is: no namespace of a lab fills by what is asked of it. */
  readonly whole: InstanceStore;
  readonly contexts: ContextStore;
  readonly accounts: Accounts;
  readonly settings: ServiceSettings;
  readonly logger: Logger;
}

/** What all hosts of an endpoint have together. */
export interface CommonParts {
  readonly tree: NamespaceTree;
  readonly defaultNamespace: string;
  readonly newUuid: UuidRow;
  readonly state: State;
  readonly tls: Tls | undefined;
  readonly kerberos: KerberosAcceptor | undefined;
  readonly watch: Record['watch'];
  readonly logged: Record['logged'];
  readonly rules: Rules;
  readonly metrics: Metrics | undefined;
  /** Methods that are answered from outside. */
  readonly outside: CimInterceptor | undefined;
  readonly exclusive: Set<Cancellation>;
  /** The computers of the lab, each as soon as it is prepared. */
  readonly network: OpenNetwork;
  readonly cancellation: Cancellation;
  readonly closers: Closers;
  /** Another process takes the computer down, in the place of this one. */
  readonly leaveElsewhere: EndpointSeams['leaveElsewhere'];
}

/** A host that does not listen yet. */
export interface PreparedHost extends Pick<OwnParts, 'name' | 'accounts'> {
  readonly namespaces: Namespaces;
  /** The operations with the rights of the house. */
  readonly cim: CimFace;
  readonly broker: Broker;
  readonly onIndication: ReturnType<typeof openProviders>['indications']['listen'];
  /** Whether it runs. */
  readonly power: Power;
  /** Takes it down, as a client does that restarts it, or shuts it down. */
  leave(way: PowerWay): void;
  /** What is under way belongs to the model as it was. */
  wentOn(): void;
  /** Ends the jobs of providers, and tells them; what the model has under way goes on. */
  resetProviders(): void;
  /** Goes on with what the model has under way: an earlier process, or state, has begun it. */
  goOn(): Promise<void>;
  /** @throws ListenError */
  listen(): Promise<PausableListeners>;
  /** It listens, here or elsewhere: winrm/config says where, and a computer that goes down has them pause. */
  listening(listeners: PausableListeners): void;
}

const DEFAULT_REBOOT_S = 2;

/** How long answers that are under way when a computer goes down may take: that to who restarts it among them. */
const LAST_ANSWERS_MS = 250;

/**
 * Everything between a store and the listeners of a host.
 *
 * @throws ModelError, ProviderDefinitionError, OptionError
 */
export function prepareHost(own: OwnParts, common: CommonParts): PreparedHost {
  const { name, options, store, whole, contexts, accounts, settings, logger } = own;
  const { tree, defaultNamespace, newUuid, state, tls, kerberos, metrics, exclusive, cancellation, closers } = common;
  const { clock = Date.now } = options;
  let listeners: PausableListeners | undefined;
  const power = createPower({
    rebootMs: (options.rebootSeconds ?? DEFAULT_REBOOT_S) * 1000,
    now: clock,
    logger,
    async goDown() {
      await listeners?.pause(LAST_ANSWERS_MS);
      await contexts.clear();
    },
    comeUp: async () => listeners?.resume(),
  });
  const { leaveElsewhere } = common;
  const leaving = leaveElsewhere ? { leave: (way: PowerWay) => leaveElsewhere(way) } : power;
  const providers = openProviders(
    tree,
    options,
    { store, newUuid, power: leaving, network: common.network },
    logger,
    closers,
  );
  const { namespaces, indications } = providers;
  const goOn = () => goOnWith({ namespaces, whole, hooks: machineHooks(leaving), logger });
  const { message, operation, beforeGuard, behindGuard } = openAbilities(options, common);
  common.network.add({ name, store, power });
  const epoch = { current: 0 };
  const due = dueTasks({ store, namespaces, now: clock, logger, exclusive });
  const innermost = compose([due], createHandler({ store, newUuid, namespaces, epoch, exclusive }));
  const handler: CimHandler = compose([...beforeGuard, guard(namespaces), ...behindGuard], innermost);
  const service = createWsmanService({
    handler,
    namespaces,
    defaultNamespace,
    contexts,
    settings,
    facts: endpointFacts(options, kerberos !== undefined, () => listenerFacts(listeners, tls), name),
    seam: operation,
  });
  return {
    ...{ name, accounts, namespaces, power, onIndication: indications.listen },
    leave: (way) => power.leave(way, () => noteStartOf(namespaces, store, clock)),
    cim: openCimFace({ handler: innermost, store, namespaces, defaultNamespace, now: clock, cancellation }),
    broker: brokerOf(handler, () => new CallRecord({ now: clock, cancellation, host: name })),
    wentOn() {
      epoch.current += 1;
    },
    resetProviders() {
      providers.reset();
      void goOn();
    },
    goOn,
    listening(opened) {
      listeners = opened;
    },
    listen: () =>
      startListeners(
        {
          host: options.host ?? '127.0.0.1',
          port: options.port ?? 0,
          https: httpsOf(options, tls),
          hostName: name,
          authenticator: createAuthenticator(
            authenticationSchemes(options, accounts.users, kerberos, { ...state, logger }),
            (user) => accounts.users.accountOf(user),
          ),
          allowUnencrypted: unencryptedMode(options),
          logger,
          ...(options.limits && { limits: options.limits }),
          maxBodyBytes: () =>
            Math.min(
              options.limits?.maxBodyBytes ?? Number.POSITIVE_INFINITY,
              settings.current.maxEnvelopeSizeKb * 1024,
            ),
          now: clock,
          observer: metrics,
          problem: () => state.problem(),
          tellReasons: options.profile === 'windows' ? 'never' : options.tellReasons,
        },
        composeMessages(message, service),
      ),
  };
}

/** The machine runs from this moment on. */
async function noteStartOf(namespaces: Namespaces, store: InstanceStore, now: () => number): Promise<void> {
  const { noteStart } = await import('../windows/system/restart.js');
  const { schema } = namespaces.getNamespace(CIMV2);
  await store.transaction((transaction) => noteStart({ namespace: CIMV2, schema, store: transaction, now }));
}

function httpsOf({ httpsPort = 'off' }: EndpointOptions, tls: Tls | undefined) {
  if (httpsPort === 'off' || tls === undefined) return 'off';
  return { port: httpsPort, identity: { ...tls.identity, clientAuthorities: tls.clientAuthorities } };
}
