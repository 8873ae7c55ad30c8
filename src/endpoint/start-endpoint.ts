import { Cancellation } from '../cim/contracts/cancellation.js';
import { createNamespaces } from '../cim/contracts/namespaces.js';
import { isHostRecord } from '../cim/hosts/host-namespace.js';
import type { StartSpace } from '../control/spaces/space.js';
import type { Logger } from '../http/logger.js';
import { loadQueriesLater } from '../wsman/enumeration/load-queries-later.js';
import { type Closers, createClosers } from './closers.js';
import type { Endpoint, HttpEndpoint } from './endpoint.js';
import type { EndpointParts, EndpointSeams } from './endpoint-seams.js';
import { hearOfResets } from './hear-of-resets.js';
import { hostEndpoints } from './hosts/host-endpoints.js';
import { hostFacts } from './hosts/host-facts.js';
import { createHosts } from './hosts/hosts.js';
import { listenAll } from './hosts/listen-all.js';
import { openNetwork } from './hosts/open-network.js';
import { prepareHosts } from './hosts/prepare-hosts.js';
import { seedParts } from './hosts/seed-parts.js';
import { ISCSI_TARGET_NAMESPACE } from './iscsi-target-namespace.js';
import { lazyLabs } from './lazy-labs.js';
import { loadModel, type ModelSource } from './load-model.js';
import { namespaceTree } from './namespace-tree.js';
import { openAccounts } from './open-accounts.js';
import { openLogger } from './open-logger.js';
import { metricsText, openMetrics } from './open-metrics.js';
import { type ModelStateParts, openModelState } from './open-model-state.js';
import { openParts, type SpaceHost } from './open-parts.js';
import { openRecord } from './open-record.js';
import { openRules } from './open-rules.js';
import { openSettings } from './open-settings.js';
import { openStore } from './open-store.js';
import { checkedOptions, type EndpointOptions } from './options/endpoint-options.js';
import { prepareControl } from './prepare-control.js';
import type { CommonParts } from './prepare-host.js';
import { createReplaceGuard } from './replace-guard.js';
import { createResets } from './resets.js';
import { isList, nameOfLabs } from './seed-source.js';
import { followingsOf, shownNamespaces, withShown } from './shown-namespaces.js';
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
 * @param space of one that is a space in another
 */
export async function openEndpoint(
  given: EndpointOptions,
  seams: EndpointSeams = {},
  space?: SpaceHost,
): Promise<Endpoint> {
  const options = checkedOptions(given);
  const logger = seams.logger ?? openLogger(options);
  const closers = createClosers();
  try {
    return await open(options, logger, closers, { seams, space });
  } catch (error) {
    await closers.close().catch((err: unknown) => logger.error({ err }, 'not everything could be closed'));
    throw error;
  }
}

async function open(
  options: EndpointOptions,
  logger: Logger,
  closers: Closers,
  { seams, space }: { seams: EndpointSeams; space: SpaceHost | undefined },
): Promise<Endpoint> {
  const source = modelSource(options);
  const { defaultNamespace, dialect, labs } = source;
  const readModel = () => loadModel(source);
  const { identity } = seams;
  const { model, ownAccounts, kerberos, tls } = await openParts(options, source, { logger, closers, space, identity });
  const { placement } = model;
  const ownSettings = openSettings(options);
  const settings = seams.settings?.(ownSettings) ?? ownSettings;
  const tree = namespaceTree(model.namespaces);
  const namespaces = createNamespaces(tree.namespaces);
  const storedTree = placement.storedTree(tree);
  const mostBytes = () => settings.current.maxModelMemoryKb * 1024;
  const shownIn = shownNamespaces(tree.namespaces, placement);
  const lazy = withShown(lazyLabs(options, tree.namespaces, placement), shownIn, model.instances);
  const followings = followingsOf(shownIn, lazy);
  const storeParts = { tree: storedTree, lazy, followings, logger, closers, mostBytes, readModel };
  const opened = await openStore(options, model.instances, storeParts);
  const { state, store, whole, contexts, newUuid } = opened;
  const accounts = ownAccounts ?? (await openAccounts(options, logger, closers, state.accounts));

  const resets = createResets();
  const names = placement.names.size === 0 ? undefined : placement.names;
  const ownRules = await openRules(options, namespaces, names, seams.countElsewhere);
  const rules = seams.rules?.(ownRules) ?? ownRules;
  resets.onReset(() => rules.reset());
  const recordParts = { namespaces, hosts: names, defaultNamespace, logger };
  const record = openRecord(options, recordParts, closers, seams);
  const { watch } = record;
  if (watch) resets.onReset(() => watch.reset());
  const metrics = await openMetrics(options, namespaces, contexts);
  const { first } = accounts;
  const startSpace: StartSpace = async ({ name, seed }) =>
    startedSpace(
      await openEndpoint(
        spaceOptions(options, { name, seed, user: first.name, logger }),
        {},
        { name, model, tls, kerberos },
      ),
    );
  const control = await prepareControl(options, {
    ...{ namespaces, defaultNamespace, logger, closers, resets, names },
    startSpace: space ? undefined : startSpace,
  });
  const outside = control?.model ?? (await seams.outsideMethods?.(namespaces));
  // Calls from this process have no time of their own to end: the store would wait for one that hangs.
  const cancellation = new Cancellation();
  const exclusive = new Set<Cancellation>();
  const common: CommonParts = {
    ...{ tree, defaultNamespace, newUuid, state, tls, kerberos, watch, logged: record.logged },
    ...{ rules, metrics, outside, exclusive, cancellation, closers },
    network: openNetwork(placement.names),
    leaveElsewhere: seams.leaveElsewhere,
  };
  const { contextsCleared } = seams;
  const hostSource = { options, placement, opened, accounts, settings, logger, closers, contextsCleared };
  const hosts = await prepareHosts(hostSource, common);
  closers.add(() => cancellation.abort(new Error('the endpoint closes')));
  const all = hosts.map(({ prepared }) => prepared);
  const wentOn = () => {
    for (const one of all) one.wentOn();
  };
  const powerOn = async () => {
    await Promise.all(all.map(({ power }) => power.start()));
  };
  const resetProviders = () => {
    for (const one of all) one.resetProviders();
  };
  const parts: EndpointParts = {
    ...{ logger, rules, metrics, settings: ownSettings, recorder: record.recorder, methods: control?.methods },
    ...{ identity: tls?.identity, account: first },
    leave: hosts[0].prepared.leave,
    forgetContexts: async () => (names === undefined ? undefined : hosts[0].own.contexts.clear()),
    async wentBack() {
      await whole.version();
      // Of what was cleared the store tells, and one of several hosts goes back without that.
      if (names === undefined) return;
      wentOn();
      resetProviders();
    },
  };
  await hearOfResets(whole, closers, () => {
    wentOn();
    resetProviders();
  });
  seams.opened?.(parts);
  const running = await listenAll(hosts, closers, seams, parts);
  const [main] = running;
  if (opened.wasFound) await Promise.all(running.map(({ prepared }) => prepared.goOn()));
  closers.add(rules.close);
  closers.add(loadQueriesLater());

  const seed = seedParts({ namespaces, storedTree, placement, store, defaultNamespace, dialect });
  const stateParts: ModelStateParts = {
    ...opened,
    ...seed,
    cim: main.prepared.cim,
    namespaces: seed.storedNamespaces,
    content: async () => (await whole.all()).filter(({ path }) => !isHostRecord(path?.namespace ?? '')),
    ...{ wentOn, resetProviders, exclusive, logger, resets, powerOn },
    wentBack: seams.wentBack,
    guard: createReplaceGuard(state, options),
  };
  const kit: ModelAndRules = {
    ...openModelState(stateParts),
    power: () => main.prepared.power.state,
    start: powerOn,
    addRule: (rule) => rules.add(rule),
    removeRule: rules.remove,
    rules: rules.list,
  };
  const endpoints = createHosts(
    placement.names,
    running.flatMap((host) =>
      hostEndpoints(host, { names: placement.names, state: stateParts, rules, record, tls, seed }),
    ),
  );
  const facts = {
    ...{ user: first.name, lab: nameOfLabs(labs), space: space?.name },
    ...(endpoints.size > 0 && { hosts: hostFacts(endpoints) }),
    state: { kind: state.kind, place: state.place, wasFound: opened.wasFound },
  };
  const shown = { ...kit, ...record.maskedView };
  const allMetrics = metrics && (seams.metricsText ?? metrics.text);
  const kitOf = (host: string | undefined) => (host === undefined ? shown : endpoints.get(host));
  const controlled = await control?.open(shown, kitOf, {
    ...facts,
    listeners: main.listeners,
    tls,
    metrics: allMetrics,
    seams: seams.control,
    opened: state,
    loadAll: opened.loadAll,
  });
  const { http, https } = main.listeners;

  return {
    ...kit,
    ...record.view,
    ...(http && { http }),
    ...(https && tls && { https: { ...https, fingerprints: tls.identity.fingerprints } }),
    ...(controlled && { control: controlled }),
    hosts: endpoints,
    account: first,
    lab: facts.lab,
    state: facts.state,
    broker: main.prepared.broker,
    onIndication: main.prepared.onIndication,
    metrics: () => metricsText(allMetrics),
    close: closers.close,
    [Symbol.asyncDispose]: closers.close,
  };
}

function modelSource({
  lab,
  schemaDir,
  hosts,
  namespace,
  mofDialect = 'auto',
  cacheDir,
}: EndpointOptions): ModelSource {
  return {
    defaultNamespace: namespace ?? ISCSI_TARGET_NAMESPACE,
    schemaDirs: typeof schemaDir === 'string' ? [schemaDir] : schemaDir,
    labs: lab === undefined || isList(lab) ? lab : [lab],
    ...{ hosts, dialect: mofDialect, cacheDir },
  };
}

type ModelAndRules = ModelState & Pick<TestKit, 'addRule' | 'removeRule' | 'rules' | 'power' | 'start'>;
