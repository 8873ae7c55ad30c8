import { createAuthenticator } from '../auth/schemes/authenticator.js';
import { brokerOf } from '../cim/broker.js';
import { CallRecord } from '../cim/contracts/call.js';
import { Cancellation } from '../cim/contracts/cancellation.js';
import { compose } from '../cim/contracts/cim-handler.js';
import { createHandler } from '../cim/create-handler.js';
import { type Listeners, startListeners } from '../http/listeners.js';
import type { Logger } from '../http/logger.js';
import { guard } from '../interceptors/guard.js';
import { createMemoryContextStore } from '../store/memory/memory-context-store.js';
import { loadQueriesLater } from '../wsman/enumeration/load-queries-later.js';
import { createWsmanService } from '../wsman/service.js';
import { composeMessages } from '../wsman/wsman-service.js';
import { allOpened } from './all-opened.js';
import { authenticationSchemes } from './authentication-schemes.js';
import { type Closers, createClosers } from './closers.js';
import type { Endpoint, HttpEndpoint } from './endpoint.js';
import { endpointFacts, listenerFacts } from './endpoint-facts.js';
import { ISCSI_TARGET_NAMESPACE } from './iscsi-target-namespace.js';
import { loadModel } from './load-model.js';
import { namespaceTree } from './namespace-tree.js';
import { openAbilities } from './open-abilities.js';
import { openAccounts } from './open-accounts.js';
import { openKerberos } from './open-kerberos.js';
import { openLogger } from './open-logger.js';
import { metricsText, openMetrics } from './open-metrics.js';
import { openProviders } from './open-providers.js';
import { openRecord } from './open-record.js';
import { openRules } from './open-rules.js';
import { openSettings } from './open-settings.js';
import { openState } from './open-state.js';
import { openStore } from './open-store.js';
import { openTls, type Tls } from './open-tls.js';
import { checkedOptions, type EndpointOptions } from './options/endpoint-options.js';
import { unencryptedMode } from './options/network-options.js';
import { prepareControl } from './prepare-control.js';
import { createResets } from './resets.js';
import { isList, nameOfLabs } from './seed-source.js';
import type { ModelState, TestKit } from './test-kit.js';

/**
 * Starts an endpoint. When that fails, whatever had been opened is closed again.
 *
 * @throws OptionError for options that there are not, or that cannot be; ListenError, CertificateError, AccountError, RoleError,
 *   UserFileError, ModelError, ProviderDefinitionError, KerberosUnavailableError, RuleError: each with a message of one line for the operator
 */
export function startEndpoint(options?: EndpointOptions & { readonly port?: number }): Promise<HttpEndpoint>;
export function startEndpoint(options: EndpointOptions): Promise<Endpoint>;
export async function startEndpoint(given: EndpointOptions = {}): Promise<Endpoint> {
  const options = checkedOptions(given);
  const logger = openLogger(options);
  const closers = createClosers();
  try {
    return await open(options, logger, closers);
  } catch (error) {
    await closers.close().catch((err: unknown) => logger.error({ err }, 'not everything could be closed'));
    throw error;
  }
}

async function open(options: EndpointOptions, logger: Logger, closers: Closers): Promise<Endpoint> {
  const { lab, schemaDir, mofDialect: dialect = 'auto', cacheDir, clock = Date.now } = options;
  const defaultNamespace = options.namespace ?? ISCSI_TARGET_NAMESPACE;
  const schemaDirs = typeof schemaDir === 'string' ? [schemaDir] : schemaDir;
  const labs = lab === undefined || isList(lab) ? lab : [lab];
  const [model, accounts, kerberos, tls] = await allOpened([
    loadModel({ defaultNamespace, schemaDirs, labs, dialect, cacheDir }),
    openAccounts(options, logger, closers),
    openKerberos(options.authentication, logger, closers),
    openTls(options, logger),
  ]);
  for (const { file, line, column, message } of model.warnings) logger.warn({ file, line, column }, message);
  const settings = openSettings(options);
  const tree = namespaceTree(model.namespaces);
  const mostBytes = () => settings.current.maxModelMemoryKb * 1024;
  const opened = await openStore(options, model.instances, tree, closers, mostBytes);
  const providers = openProviders(tree, options, opened, logger, closers);
  const { namespaces, indications } = providers;
  const contexts = createMemoryContextStore();
  closers.add(() => contexts.close());

  const resets = createResets();
  const rules = await openRules(options, namespaces);
  const record = openRecord(options, { namespaces, defaultNamespace, logger }, closers);
  const metrics = await openMetrics(options, namespaces, contexts);
  const control = await prepareControl(options, { namespaces, defaultNamespace, logger, closers, resets });
  const abilities = openAbilities(options, resets, { ...record, metrics, rules, control });
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
  const { users } = accounts;
  listeners = await startListeners(
    {
      host: options.host ?? '127.0.0.1',
      port: options.port ?? 0,
      https: httpsOf(options, tls),
      authenticator: createAuthenticator(authenticationSchemes(options, users, kerberos), (user) =>
        users.accountOf(user),
      ),
      allowUnencrypted: unencryptedMode(options),
      logger,
      ...(options.limits && { limits: options.limits }),
      maxBodyBytes: () =>
        Math.min(options.limits?.maxBodyBytes ?? Number.POSITIVE_INFINITY, settings.current.maxEnvelopeSizeKb * 1024),
      now: clock,
      observer: metrics,
      tellReasons: options.profile === 'windows' ? 'never' : options.tellReasons,
    },
    composeMessages(abilities.message, service),
  );
  const { http, https, close } = listeners;
  closers.add(close);
  closers.add(rules.close);
  closers.add(loadQueriesLater());

  const kit: ModelAndRules = {
    ...openState({
      ...opened,
      namespaces,
      contexts,
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
    }),
    addRule: (rule) => rules.add(rule),
    removeRule: rules.remove,
    rules: rules.list,
  };
  const facts = { user: accounts.first.name, lab: nameOfLabs(labs) };
  const shown = { ...kit, ...record.maskedView };
  const controlled = await control?.open(shown, { ...facts, listeners, tls, metrics });

  return {
    ...kit,
    ...record.view,
    ...(http && { http }),
    ...(https && tls && { https: { ...https, fingerprints: tls.identity.fingerprints } }),
    ...(controlled && { control: controlled }),
    account: accounts.first,
    lab: facts.lab,
    broker: brokerOf(handler, () => new CallRecord({ now: clock, cancellation })),
    onIndication: indications.listen,
    metrics: () => metricsText(metrics),
    close: closers.close,
    [Symbol.asyncDispose]: closers.close,
  };
}

function httpsOf({ httpsPort = 'off' }: EndpointOptions, tls: Tls | undefined) {
  if (httpsPort === 'off' || tls === undefined) return 'off';
  return { port: httpsPort, identity: { ...tls.identity, clientAuthorities: tls.clientAuthorities } };
}

type ModelAndRules = ModelState & Pick<TestKit, 'addRule' | 'removeRule' | 'rules'>;
