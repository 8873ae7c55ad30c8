import { createAuthenticator } from '../auth/schemes/authenticator.js';
import { brokerOf } from '../cim/broker.js';
import { CallRecord } from '../cim/contracts/call.js';
import { Cancellation } from '../cim/contracts/cancellation.js';
import { compose } from '../cim/contracts/cim-handler.js';
import { createHandler } from '../cim/create-handler.js';
import type { StartSpace } from '../control/spaces/space.js';
import { type Listeners, startListeners } from '../http/listeners.js';
import type { Logger } from '../http/logger.js';
import { guard } from '../interceptors/guard.js';
import { loadQueriesLater } from '../wsman/enumeration/load-queries-later.js';
import { createWsmanService } from '../wsman/service.js';
import { composeMessages } from '../wsman/wsman-service.js';
import { authenticationSchemes } from './authentication-schemes.js';
import { type Closers, createClosers } from './closers.js';
import type { Endpoint, HttpEndpoint } from './endpoint.js';
import { endpointFacts, listenerFacts } from './endpoint-facts.js';
import type { EndpointParts, EndpointSeams } from './endpoint-seams.js';
import { hearOfResets } from './hear-of-resets.js';
import { ISCSI_TARGET_NAMESPACE } from './iscsi-target-namespace.js';
import { lazyLabs } from './lazy-labs.js';
import { loadModel } from './load-model.js';
import { namespaceTree } from './namespace-tree.js';
import { openAbilities } from './open-abilities.js';
import { openAccounts } from './open-accounts.js';
import { openLogger } from './open-logger.js';
import { metricsText, openMetrics } from './open-metrics.js';
import { openModelState } from './open-model-state.js';
import { openParts, type SpaceHost } from './open-parts.js';
import { openProviders } from './open-providers.js';
import { openRecord } from './open-record.js';
import { openRules } from './open-rules.js';
import { openSettings } from './open-settings.js';
import { openStore } from './open-store.js';
import type { Tls } from './open-tls.js';
import { checkedOptions, type EndpointOptions } from './options/endpoint-options.js';
import { unencryptedMode } from './options/network-options.js';
import { prepareControl } from './prepare-control.js';
import { createReplaceGuard } from './replace-guard.js';
import { createResets } from './resets.js';
import { isList, nameOfLabs } from './seed-source.js';
import { spaceOptions } from './space-options.js';
import { startedSpace } from './started-space.js';
import type { ModelState, TestKit } from './test-kit.js';

/**
 * Starts an endpoint. When that fails, whatever had been opened is closed again.
 *
 * @throws OptionError for options that there are not, or that cannot be; ListenError, CertificateError, AccountError, RoleError,
 *   UserFileError, ModelError, StateError, ProviderDefinitionError, KerberosUnavailableError, RuleError: each with a message of one line for the operator
 */
export function startEndpoint(options?: EndpointOptions & { readonly port?: number }): Promise<HttpEndpoint>;
export function startEndpoint(options: EndpointOptions): Promise<Endpoint>;
export function startEndpoint(given: EndpointOptions = {}): Promise<Endpoint> {
  return openEndpoint(given);
}

/**
 * @param seams of one that is a part of a server of several processes
 * @param host of one that is a space in another
 */
export async function openEndpoint(
  given: EndpointOptions,
  seams: EndpointSeams = {},
  host?: SpaceHost,
): Promise<Endpoint> {
  const options = checkedOptions(given);
  const logger = seams.logger ?? openLogger(options);
  const closers = createClosers();
  try {
    return await open(options, logger, closers, { seams, host });
  } catch (error) {
    await closers.close().catch((err: unknown) => logger.error({ err }, 'not everything could be closed'));
    throw error;
  }
}

async function open(
  options: EndpointOptions,
  logger: Logger,
  closers: Closers,
  { seams, host }: { seams: EndpointSeams; host: SpaceHost | undefined },
): Promise<Endpoint> {
  const { lab, schemaDir, mofDialect: dialect = 'auto', cacheDir, clock = Date.now } = options;
  const defaultNamespace = options.namespace ?? ISCSI_TARGET_NAMESPACE;
  const schemaDirs = typeof schemaDir === 'string' ? [schemaDir] : schemaDir;
  const labs = lab === undefined || isList(lab) ? lab : [lab];
  const source = { defaultNamespace, schemaDirs, labs, dialect, cacheDir };
  const readModel = () => loadModel(source);
  const { identity } = seams;
  const { model, ownAccounts, kerberos, tls } = await openParts(options, source, { logger, closers, host, identity });
  const ownSettings = openSettings(options);
  const settings = seams.settings?.(ownSettings) ?? ownSettings;
  const tree = namespaceTree(model.namespaces);
  const mostBytes = () => settings.current.maxModelMemoryKb * 1024;
  const lazy = lazyLabs(labs, tree.namespaces, options.clock);
  const opened = await openStore(options, model.instances, { tree, lazy, logger, closers, mostBytes, readModel });
  const { state, contexts } = opened;
  const accounts = ownAccounts ?? (await openAccounts(options, logger, closers, state.accounts));
  const providers = openProviders(tree, options, opened, logger, closers);
  const { namespaces, indications } = providers;

  const resets = createResets();
  const ownRules = await openRules(options, namespaces, seams.countElsewhere);
  const rules = seams.rules?.(ownRules) ?? ownRules;
  const record = openRecord(options, { namespaces, defaultNamespace, logger }, closers, seams);
  const metrics = await openMetrics(options, namespaces, contexts);
  const { users, first } = accounts;
  const startSpace: StartSpace = async ({ name, seed }) =>
    startedSpace(
      await openEndpoint(
        spaceOptions(options, { name, seed, user: first.name, logger }),
        {},
        { name, model, tls, kerberos },
      ),
    );
  const control = await prepareControl(options, {
    ...{ namespaces, defaultNamespace, logger, closers, resets },
    startSpace: host ? undefined : startSpace,
  });
  const outside = control?.model ?? (await seams.outsideMethods?.(namespaces));
  const abilities = openAbilities(options, resets, { ...record, metrics, rules, outside });
  // Calls from this process have no time of their own to end: the store would wait for one that hangs.
  const cancellation = new Cancellation();
  closers.add(() => cancellation.abort(new Error('the endpoint closes')));
  const { beforeGuard, behindGuard } = abilities;
  const epoch = { current: 0 };
  const exclusive = new Set<Cancellation>();
  const innermost = createHandler({ store: opened.store, newUuid: opened.newUuid, namespaces, epoch, exclusive });
  const handler = compose([...beforeGuard, guard(namespaces), ...behindGuard], innermost);
  let listeners: Listeners | undefined;
  const service = createWsmanService({
    handler,
    namespaces,
    defaultNamespace,
    contexts,
    settings,
    facts: endpointFacts(options, kerberos !== undefined, () => listenerFacts(listeners, tls)),
    seam: abilities.operation,
  });
  const parts: EndpointParts = {
    ...{ logger, rules, metrics, settings: ownSettings, recorder: record.recorder, methods: control?.methods },
    ...{ identity: tls?.identity, account: first },
    async wentBack() {
      await opened.whole.version();
    },
  };
  await hearOfResets(opened.whole, closers, () => {
    epoch.current += 1;
    providers.reset();
  });
  seams.opened?.(parts);
  const listen = () =>
    startListeners(
      {
        host: options.host ?? '127.0.0.1',
        port: options.port ?? 0,
        https: httpsOf(options, tls),
        authenticator: createAuthenticator(
          authenticationSchemes(options, users, kerberos, { ...state, logger }),
          (user) => users.accountOf(user),
        ),
        allowUnencrypted: unencryptedMode(options),
        logger,
        ...(options.limits && { limits: options.limits }),
        maxBodyBytes: () =>
          Math.min(options.limits?.maxBodyBytes ?? Number.POSITIVE_INFINITY, settings.current.maxEnvelopeSizeKb * 1024),
        now: clock,
        observer: metrics,
        problem: () => state.problem(),
        tellReasons: options.profile === 'windows' ? 'never' : options.tellReasons,
      },
      composeMessages(abilities.message, service),
    );
  listeners = await (seams.listen?.(parts) ?? listen());
  const { http, https, close } = listeners;
  closers.add(close);
  closers.add(rules.close);
  closers.add(loadQueriesLater());

  const kit: ModelAndRules = {
    ...openModelState({
      ...opened,
      namespaces,
      epoch,
      exclusive,
      logger,
      resetProviders: providers.reset,
      resets,
      dialect,
      defaultNamespace,
      handler: innermost,
      now: clock,
      cancellation,
      wentBack: seams.wentBack,
      guard: createReplaceGuard(state, options),
    }),
    addRule: (rule) => rules.add(rule),
    removeRule: rules.remove,
    rules: rules.list,
  };
  const facts = {
    ...{ user: first.name, lab: nameOfLabs(labs), space: host?.name },
    state: { kind: state.kind, place: state.place, wasFound: opened.wasFound },
  };
  const shown = { ...kit, ...record.maskedView };
  const allMetrics = metrics && (seams.metricsText ?? metrics.text);
  const controlled = await control?.open(shown, {
    ...facts,
    listeners,
    tls,
    metrics: allMetrics,
    seams: seams.control,
    opened: state,
    loadAll: opened.loadAll,
  });

  return {
    ...kit,
    ...record.view,
    ...(http && { http }),
    ...(https && tls && { https: { ...https, fingerprints: tls.identity.fingerprints } }),
    ...(controlled && { control: controlled }),
    account: first,
    lab: facts.lab,
    state: facts.state,
    broker: brokerOf(handler, () => new CallRecord({ now: clock, cancellation })),
    onIndication: indications.listen,
    metrics: () => metricsText(allMetrics),
    close: closers.close,
    [Symbol.asyncDispose]: closers.close,
  };
}

function httpsOf({ httpsPort = 'off' }: EndpointOptions, tls: Tls | undefined) {
  if (httpsPort === 'off' || tls === undefined) return 'off';
  return { port: httpsPort, identity: { ...tls.identity, clientAuthorities: tls.clientAuthorities } };
}

type ModelAndRules = ModelState & Pick<TestKit, 'addRule' | 'removeRule' | 'rules'>;
