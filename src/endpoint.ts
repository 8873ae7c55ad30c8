import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { AuthenticationScheme } from './auth/authentication-scheme.js';
import { createAuthenticator } from './auth/authenticator.js';
import { createBasicScheme } from './auth/basic.js';
import type { CertificateMapping } from './auth/certificate-map.js';
import { createCertificateScheme } from './auth/certificate-scheme.js';
import type { ChannelBindingPolicy } from './auth/channel-binding.js';
import type { DomainPolicy } from './auth/domain-policy.js';
import { ensureAccount } from './auth/first-account.js';
import { type KerberosAcceptor, openKerberosAcceptor } from './auth/kerberos/kerberos-acceptor.js';
import { createKerberosMechanism } from './auth/kerberos/kerberos-mechanism.js';
import { KerberosUnavailableError } from './auth/kerberos/kerberos-unavailable-error.js';
import { createLockOut, type LockOutLimits, NO_LOCK_OUT } from './auth/lock-out.js';
import { createKerberosScheme, createNegotiateScheme, createNtlmScheme } from './auth/negotiate.js';
import { ntlmNamesOf, ownDomains } from './auth/ntlm/ntlm-names.js';
import type { TargetNamePolicy } from './auth/ntlm/target-name.js';
import { parseRoles } from './auth/role.js';
import { USER_FILE } from './auth/user-file.js';
import { openUserStore, type UserStore } from './auth/user-store.js';
import { type Broker, brokerOf } from './cim/broker.js';
import { CallRecord } from './cim/contracts/call.js';
import { type CimInterceptor, compose } from './cim/contracts/cim-handler.js';
import { createHandler } from './cim/create-handler.js';
import { createIndications } from './cim/indications.js';
import type { IndicationListener } from './cim/provider-host.js';
import { serveNamespaces } from './cim/serve-namespaces.js';
import { createUuidSource } from './cim/uuid-source.js';
import { keptCertificate, loadCertificate, type ServerCertificate, temporaryCertificate } from './http/certificate.js';
import { loadClientAuthorities } from './http/client-authorities.js';
import { createLogger, type LogLevel } from './http/create-logger.js';
import { DEFAULT_HTTP_LIMITS, type HttpLimits } from './http/http-limits.js';
import { type Listeners, startListeners } from './http/listeners.js';
import type { LogFormat } from './http/log-format.js';
import type { TellReasons } from './http/tell-reasons.js';
import { guard } from './interceptors/guard.js';
import { iscsiTargetProviders } from './iscsitarget/providers.js';
import { loadModel } from './load-model.js';
import { type GivenProvider, placeProviders } from './place-providers.js';
import { createMemoryContextStore } from './store/memory-context-store.js';
import { createMemoryStore } from './store/memory-store.js';
import type { EndpointFacts, ListenerFacts } from './wsman/config/endpoint-facts.js';
import { createWsmanService } from './wsman/service.js';
import { createServiceSettings, type ServiceSettings, type SettingValues } from './wsman/service-settings.js';
import { composeMessages, type WsmanInterceptor } from './wsman/wsman-service.js';

/** The namespace of the SMI-S provider of the Windows iSCSI Target Server. */
export const ISCSI_TARGET_NAMESPACE = 'root/cimv2/storage/iScsiTarget';

/** How to start an endpoint; everything may be left out. */
export interface EndpointOptions {
  /** Address or host name to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** HTTP port; 0, the default, for any free one; `off` for none. */
  readonly port?: number | 'off';
  /** HTTPS port; 0 for any free one; `off`, the default, for none. */
  readonly httpsPort?: number | 'off';
  /** PEM files of the TLS certificate (chain) and its key. Default: a self-signed certificate. */
  readonly certificate?: { readonly certPath: string; readonly keyPath: string };
  /** Client certificates, mapped to accounts, on HTTPS. Default: clients are not asked for one. */
  readonly clientCertificates?: ClientCertificateOptions;
  /** Accounts, each name once. Default: those kept in `dataDir`; when there are none, one with a random password. */
  readonly users?: readonly UserOptions[];
  /** Ways to authenticate; at least one must be left. */
  readonly authentication?: AuthenticationOptions;
  /**
   * Take passwords, and messages in clear, over plain HTTP from other machines than this one. Default false: Negotiate seals its
   * messages there.
   */
  readonly allowUnencrypted?: boolean;
  /** The instances to start with: name of a built-in lab, path of a MOF file, or `none`. Default `two-servers`. */
  readonly lab?: string;
  /** Folder of MOF class declarations. Default: the built-in schema. */
  readonly schemaDir?: string;
  /** Behaviour of classes, your own or built-in ones, in the namespace of the iSCSI target when none is named. */
  readonly providers?: readonly GivenProvider[];
  /** Answer as the SMI-S documents say (`smi-s`, the default) or as Windows' pages say it does (`windows`). */
  readonly profile?: 'smi-s' | 'windows';
  /** Makes generated identifiers repeatable. */
  readonly seed?: number;
  /** Folder that keeps accounts and certificate. Default: nothing is kept. */
  readonly dataDir?: string;
  /** Folder of the cache of compiled schemas. Default: none, the schema is compiled. */
  readonly cacheDir?: string;
  /** Log on stderr. Default `silent`. */
  readonly logLevel?: LogLevel;
  /** JSON lines, or text for a person; `auto`, the default: text where stderr is a terminal. */
  readonly logFormat?: LogFormat;
  /**
   * Who is told, in the HTTP header field `Cimulator-Reason`, why a call ended as it did: `never`, callers on this machine (`loopback`,
   * the default), or `always`; but not beside a sealed message from another machine, and nobody with the profile `windows`.
   */
  readonly tellReasons?: TellReasons;
  /** Largest request in KiB, 8 to 8192. Default 2048. */
  readonly maxEnvelopeSizeKb?: number;
  /** Other settings of winrm/config to start with; each is a whole number from 1. */
  readonly settings?: Partial<Omit<SettingValues, 'maxEnvelopeSizeKb'>>;
  /**
   * How much guessing of passwords is put up with, or `off`. Default: five wrong passwords for an account from an address, then a delay
   * from one second to one minute; a hundred from an address for whatever accounts, then one a second.
   */
  readonly lockOut?: Partial<LockOutLimits> | 'off';
  /** Bounds on what a peer may use. */
  readonly limits?: Partial<HttpLimits>;
  /** What stands before the service and sees every message, and before the model and sees every CIM operation. */
  readonly interceptors?: Interceptors;
  /** The time of day in milliseconds since 1970, for providers. Default `Date.now`. */
  readonly clock?: () => number;
}

/** Of each list, the first sees first what comes in. Access has been decided before a CIM operation comes to them. */
export interface Interceptors {
  readonly message?: readonly WsmanInterceptor[];
  readonly cim?: readonly CimInterceptor[];
}

/** An account. */
export interface UserOptions {
  readonly name: string;
  readonly password: string;
  /**
   * What it may do: `read`, `write`, `execute`, `all`, each of them everywhere or in one place only, as
   * `read@root/cimv2/storage/iScsiTarget` or `execute@root/cimv2/storage/iScsiTarget:CIM_NetworkPipe`. Default: everything.
   */
  readonly roles?: readonly string[];
}

/** Which ways to authenticate are enabled. */
export interface AuthenticationOptions {
  /** Negotiate (NTLMv2), with sealed messages over plain HTTP: the default of Windows' clients. Default true. */
  readonly negotiate?: boolean;
  /** Kerberos, by itself and within Negotiate. Default: none. */
  readonly kerberos?: KerberosOptions | undefined;
  /** HTTP Basic; over plain HTTP from this machine only. Default true. */
  readonly basic?: boolean;
  /**
   * What Negotiate on HTTPS must say about the TLS connection, as Windows' CbtHardeningLevel: `relaxed`, the default, refuses what is
   * wrong, `strict` also what is missing, `none` does not look.
   */
  readonly channelBinding?: ChannelBindingPolicy;
  /**
   * The domain that users may put in front of or behind their names, `LAB` or `lab.example`. This machine's names and `.` count as well.
   */
  readonly domain?: string;
  /** What to make of a domain in a name: nothing (`ignored`, the default), it must be ours if there is one, or there must be one. */
  readonly domainPolicy?: DomainPolicy;
  /**
   * What NTLM must say about the service it means: nothing (`none`, the default, as Windows), not another one (`relaxed`), or this one
   * (`strict`).
   */
  readonly targetName?: TargetNamePolicy;
  /** Names and addresses by which clients reach this service, for `targetName`; this machine's names and addresses count anyway. */
  readonly hostNames?: readonly string[];
}

/** Whose certificates sign in, and as whom. */
export interface ClientCertificateOptions {
  /** PEM file of the authorities that issue them; self-signed certificates may stand there themselves. */
  readonly caPath: string;
  /** PEM file of the authorities' revocation lists. Default: nothing is looked up. */
  readonly crlPath?: string;
  /** Names in certificates and the accounts they stand for; the first that fits. Default: the names are those of accounts. */
  readonly mappings?: readonly CertificateMapping[];
}

/** How tickets are accepted. Who has one is the account whose name is that of the principal, without the realm. */
export interface KerberosOptions {
  /** The file with the keys of the service. */
  readonly keytab: string;
  /** Take tickets for this principal only, as `HTTP/host.example`. Default: for any in the keytab. */
  readonly servicePrincipal?: string | undefined;
  /**
   * Do not start where Kerberos cannot be served: without the system's GSSAPI, the optional package koffi or a key that fits. Default
   * false: it is not offered then, and the log says why.
   */
  readonly required?: boolean;
}

/** Where one listener is. */
export interface EndpointListener {
  readonly url: string;
  readonly port: number;
}

/** A running endpoint. */
export interface Endpoint extends AsyncDisposable {
  readonly http?: EndpointListener;
  readonly https?: EndpointListener & { readonly fingerprints: ServerCertificate['fingerprints'] };
  /** The first account; its password only when it was given in `users` or made just now. */
  readonly account: { readonly name: string; readonly password?: string };
  readonly lab: string;
  /** The CIM operations on the same model, without the wire. */
  readonly broker: Broker;
  /** Hears of every indication that a provider tells of, from now on. @returns what ends it */
  onIndication(listener: IndicationListener): () => void;
  /** Finishes running requests and stops. Safe to call twice. */
  close(): Promise<void>;
}

/** An endpoint that listens for plain HTTP, as it does unless `port` says `off`. */
export type HttpEndpoint = Endpoint & { readonly http: EndpointListener };

/**
 * Starts an endpoint.
 *
 * @throws ListenError, CertificateError, AccountError, RoleError, UserFileError, ModelError, KerberosUnavailableError: each with a
 *   message of one line for the operator; RangeError for a setting that is no whole number from 1
 */
export function startEndpoint(options?: EndpointOptions & { readonly port?: number }): Promise<HttpEndpoint>;
export function startEndpoint(options: EndpointOptions): Promise<Endpoint>;
export async function startEndpoint(options: EndpointOptions = {}): Promise<Endpoint> {
  const logger = createLogger(options.logLevel ?? 'silent', options.logFormat);
  const lab = options.lab ?? 'two-servers';
  const { httpsPort = 'off', clientCertificates } = options;
  if (httpsPort === 'off' && clientCertificates) throw new RangeError('clientCertificates: there is no HTTPS listener');
  const store = createMemoryStore();
  const [model, users, kerberos, identity, clientAuthorities] = await Promise.all([
    loadModel({
      defaultNamespace: ISCSI_TARGET_NAMESPACE,
      schemaDir: options.schemaDir,
      lab,
      cacheDir: options.cacheDir,
    }),
    openAccounts(options, logger),
    openKerberos(options, logger),
    httpsPort === 'off' ? undefined : openCertificate(options, logger),
    clientCertificates && loadClientAuthorities(clientCertificates.caPath, clientCertificates.crlPath),
  ]);
  await store.transaction(async (transaction) => {
    for (const instance of model.instances) await transaction.put(instance);
  });
  const clock = options.clock ?? Date.now;
  const newUuid = createUuidSource(options.seed);
  const indications = createIndications((error) => logger.error({ err: error }, 'a listener of indications failed'));
  const providersIn = placeProviders(model, options.providers ?? [], ISCSI_TARGET_NAMESPACE);
  const { namespaces, close: closeProviders } = serveNamespaces(
    model.namespaces.map(({ name, schema }) => {
      const builtIn = isIscsiTarget(name) ? iscsiTargetProviders(options.profile ?? 'smi-s') : [];
      const own = builtIn.map((provider) => ({
        name: `the built-in ${provider.className}`,
        isBuiltIn: true,
        provider,
      }));
      return { name, schema, providers: [...own, ...providersIn(name)] };
    }),
    {
      store,
      newUuid,
      now: clock,
      onFailure: (error, job) => logger.error({ err: error, job }, 'a job of a provider failed'),
      onReason: (reason) => logger.info({ reason }, 'provider'),
      onIndication: indications.tell,
    },
  );
  const { cim = [], message = [] } = options.interceptors ?? {};
  const handler = compose([guard(namespaces), ...cim], createHandler({ store, newUuid, namespaces }));
  const settings = openSettings(options);
  const authenticator = createAuthenticator(schemesOf(options, users.store, kerberos), (user) =>
    users.store.accountOf(user),
  );
  let listeners: Listeners | undefined;
  const contexts = createMemoryContextStore();
  const service = createWsmanService({
    handler,
    namespaces,
    defaultNamespace: ISCSI_TARGET_NAMESPACE,
    contexts,
    settings,
    facts: factsOf(options, kerberos !== undefined, () => listenersOf(listeners, identity)),
  });
  listeners = await startListeners(
    {
      host: options.host ?? '127.0.0.1',
      port: options.port ?? 0,
      https: identity === undefined ? 'off' : { port: Number(httpsPort), identity: { ...identity, clientAuthorities } },
      authenticator,
      allowUnencrypted: options.allowUnencrypted ?? false,
      tellReasons: options.profile === 'windows' ? 'never' : options.tellReasons,
      logger,
      ...(options.limits && { limits: options.limits }),
      maxBodyBytes: () =>
        Math.min(options.limits?.maxBodyBytes ?? Number.POSITIVE_INFINITY, settings.current.maxEnvelopeSizeKb * 1024),
      now: clock,
    },
    composeMessages(message, service),
  ).catch(async (error: unknown) => {
    users.store.close();
    await kerberos?.release();
    throw error;
  });
  const { http, https, close: closeListeners } = listeners;
  const close = async () => {
    await closeListeners();
    await closeProviders();
    users.store.close();
    await kerberos?.release();
    await contexts.close();
    await store.close();
  };
  return {
    ...(http && { http }),
    ...(https && identity && { https: { ...https, fingerprints: identity.fingerprints } }),
    account: users.account,
    lab,
    broker: brokerOf(handler, () => new CallRecord({ now: clock })),
    onIndication: indications.listen,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function isIscsiTarget(namespace: string): boolean {
  return namespace.toLowerCase() === ISCSI_TARGET_NAMESPACE.toLowerCase();
}

/** Whoever bounds bodies bounds envelopes. */
function openSettings({ maxEnvelopeSizeKb, limits, settings }: EndpointOptions): ServiceSettings {
  const size = maxEnvelopeSizeKb ?? (limits?.maxBodyBytes && Math.ceil(limits.maxBodyBytes / 1024));
  return createServiceSettings({ ...settings, ...(size && { maxEnvelopeSizeKb: size }) });
}

function authenticationOf({ authentication }: EndpointOptions) {
  return { negotiate: true, basic: true, channelBinding: 'relaxed', ...authentication } as const;
}

/** Undefined where Kerberos is not wanted, or cannot be served, which the log says then. */
async function openKerberos(options: EndpointOptions, logger: Logger): Promise<KerberosAcceptor | undefined> {
  const { kerberos, negotiate, basic } = authenticationOf(options);
  if (kerberos === undefined) return undefined;
  try {
    return await openKerberosAcceptor(kerberos);
  } catch (error) {
    if (!(error instanceof KerberosUnavailableError) || kerberos.required || !(negotiate || basic)) throw error;
    logger.warn({ reason: error.message }, 'Kerberos is not offered');
    return undefined;
  }
}

/** In the order in which Windows offers them. */
function schemesOf(
  options: EndpointOptions,
  users: UserStore,
  acceptor: KerberosAcceptor | undefined,
): AuthenticationScheme[] {
  const { negotiate, basic, channelBinding, ...rest } = authenticationOf(options);
  if (!negotiate && !basic && acceptor === undefined)
    throw new RangeError('authentication: at least one of negotiate, kerberos and basic must be left');
  // Who comes with a ticket or a certificate means an account as a whole; no domain is taken off on the way to it.
  const findAccount = (name: string) => users.accountOf(name)?.name;
  const kerberos = (within: 'SPNEGO' | 'Kerberos') =>
    acceptor &&
    createKerberosMechanism({
      acceptor,
      findAccount,
      channelBinding,
      protocol: `application/HTTP-${within}-session-encrypted`,
    });
  const alone = kerberos('Kerberos');
  const { allowUnencrypted = false, clientCertificates } = options;
  const lockOut = options.lockOut === 'off' ? NO_LOCK_OUT : createLockOut(options.lockOut);
  const { domain, domainPolicy = 'ignored', targetName = 'none', hostNames: hosts = [] } = rest;
  const names = ntlmNamesOf(hostname(), domain);
  const negotiation = {
    names,
    channelBinding,
    domain: domainPolicy,
    targetName,
    hosts,
    lockOut,
    ntlm: negotiate,
    kerberos: kerberos('SPNEGO'),
  };
  const domainRule = { policy: domainPolicy, ours: ownDomains(names) };
  return [
    ...(negotiate || alone ? [createNegotiateScheme(users, negotiation)] : []),
    ...(alone ? [createKerberosScheme(alone)] : []),
    ...(negotiate ? [createNtlmScheme(users, negotiation)] : []),
    ...(basic ? [createBasicScheme(users, { allowUnencrypted, domain: domainRule, lockOut })] : []),
    ...(clientCertificates
      ? [createCertificateScheme({ findAccount, mappings: clientCertificates.mappings ?? [], domain: domainRule })]
      : []),
  ];
}

/** What winrm/config says of this endpoint. */
function factsOf(options: EndpointOptions, kerberos: boolean, listeners: EndpointFacts['listeners']): EndpointFacts {
  const { maxConnections, requestTimeoutMs, maxRequestsInFlight } = { ...DEFAULT_HTTP_LIMITS, ...options.limits };
  const authentication = authenticationOf(options);
  return {
    machine: hostname(),
    listeners,
    allowUnencrypted: options.allowUnencrypted ?? false,
    authentication: {
      ...authentication,
      // Kerberos comes within Negotiate, too.
      negotiate: authentication.negotiate || kerberos,
      kerberos,
      certificate: options.clientCertificates !== undefined,
    },
    maxConnections,
    requestTimeoutMs,
    maxRequestsInFlight,
  };
}

function listenersOf(
  listeners: Listeners | undefined,
  identity: ServerCertificate | undefined,
): readonly ListenerFacts[] {
  const { http, https } = listeners ?? {};
  const certificateThumbprint = identity?.fingerprints.sha1;
  return [
    ...(http ? [{ ...http, transport: 'HTTP' as const, certificateThumbprint: undefined }] : []),
    ...(https ? [{ ...https, transport: 'HTTPS' as const, certificateThumbprint }] : []),
  ];
}

/** Accounts given by the caller stand for this run only; otherwise those of the data directory count. */
async function openAccounts(
  options: EndpointOptions,
  logger: Logger,
): Promise<{ store: UserStore; account: Endpoint['account'] }> {
  const { users = [], dataDir } = options;
  const [first] = users;
  const ntHashes = authenticationOf(options).negotiate;
  if (first) {
    const store = await openUserStore({ ntHashes });
    for (const { name, password, roles } of users) await store.add(name, password, roles && parseRoles(roles), 'new');
    return { store, account: { name: first.name, password: first.password } };
  }
  const watch = { onProblem: (problem: string) => logger.error(problem) };
  const store = await openUserStore({ ntHashes, watch, ...(dataDir && { file: join(dataDir, USER_FILE) }) });
  return { store, account: await ensureAccount(store) };
}

function openCertificate(options: EndpointOptions, logger: Logger): Promise<ServerCertificate> {
  if (options.certificate) return loadCertificate(options.certificate.certPath, options.certificate.keyPath);
  if (!options.dataDir) return temporaryCertificate();
  return keptCertificate(options.dataDir, (why) => logger.warn(why));
}
