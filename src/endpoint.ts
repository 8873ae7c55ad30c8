import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { createAuthenticator } from './auth/authenticator.js';
import { createBasicScheme } from './auth/basic.js';
import { ensureAccount } from './auth/first-account.js';
import { openUserStore, type UserStore } from './auth/user-store.js';
import { type Broker, createBroker } from './cim/broker.js';
import { createUuidSource } from './cim/uuid-source.js';
import { keptCertificate, loadCertificate, type ServerCertificate, temporaryCertificate } from './http/certificate.js';
import { createLogger, type LogLevel } from './http/create-logger.js';
import type { HttpLimits } from './http/http-limits.js';
import { startListeners } from './http/listeners.js';
import { iscsiTargetProviders } from './iscsitarget/providers.js';
import { loadModel } from './load-model.js';
import { createMemoryContextStore } from './store/memory-context-store.js';
import { createMemoryStore } from './store/memory-store.js';
import { createWsmanService } from './wsman/service.js';

/** The namespace of the SMI-S provider of the Windows iSCSI Target Server. */
export const ISCSI_TARGET_NAMESPACE = 'root/cimv2/storage/iScsiTarget';

/** MaxTimeoutms of Windows: the longest time one operation may take. */
const MAX_TIMEOUT_MS = 60_000;

/** EnumerationTimeoutms of Windows: how long an enumeration is kept that nobody pulls from. */
const ENUMERATION_TIMEOUT_MS = 240_000;

/** MaxBatchItems of Windows: most items in one answer. */
const MAX_BATCH_ITEMS = 32_000;

/** MaxEnvelopeSizekb; Windows has 500. A method call with two thousand references fits. */
const DEFAULT_ENVELOPE_KB = 2048;

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
  /** Accounts. Default: those kept in `dataDir`; when there are none, one with a random password. */
  readonly users?: readonly { readonly name: string; readonly password: string }[];
  /** Take passwords over plain HTTP from other machines than this one. Default false. */
  readonly allowUnencrypted?: boolean;
  /** The instances to start with: name of a built-in lab, path of a MOF file, or `none`. Default `two-servers`. */
  readonly lab?: string;
  /** Folder of MOF class declarations. Default: the built-in schema. */
  readonly schemaDir?: string;
  /** Answer as the SMI-S documents say (`smi-s`, the default) or as Windows' pages say it does (`windows`). */
  readonly profile?: 'smi-s' | 'windows';
  /** Makes generated identifiers repeatable. */
  readonly seed?: number;
  /** Folder that keeps accounts and certificate. Default: nothing is kept. */
  readonly dataDir?: string;
  /** Folder of the cache of compiled schemas. Default: none, the schema is compiled. */
  readonly cacheDir?: string;
  /** Log of JSON lines on stderr. Default `silent`. */
  readonly logLevel?: LogLevel;
  /** Largest request in KiB, 8 to 8192. Default 2048. */
  readonly maxEnvelopeSizeKb?: number;
  /** Bounds on what a peer may use. */
  readonly limits?: Partial<HttpLimits>;
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
  /** Finishes running requests and stops. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Starts an endpoint.
 *
 * @throws ListenError, CertificateError, AccountError, UserFileError, ModelError: each with a message of one line for
 *   the operator
 */
export async function startEndpoint(options: EndpointOptions = {}): Promise<Endpoint> {
  const logger = createLogger(options.logLevel ?? 'silent');
  const lab = options.lab ?? 'two-servers';
  const store = createMemoryStore();
  const [model, users, identity] = await Promise.all([
    loadModel({
      defaultNamespace: ISCSI_TARGET_NAMESPACE,
      schemaDir: options.schemaDir,
      lab,
      cacheDir: options.cacheDir,
    }),
    openAccounts(options),
    options.httpsPort === undefined || options.httpsPort === 'off' ? undefined : openCertificate(options, logger),
  ]);
  await store.transaction(async (transaction) => {
    for (const instance of model.instances) await transaction.put(instance);
  });
  const broker = createBroker({
    namespaces: model.namespaces.map((namespace) => ({
      ...namespace,
      providers: isIscsiTarget(namespace.name) ? iscsiTargetProviders(options.profile ?? 'smi-s') : [],
    })),
    store,
    newUuid: createUuidSource(options.seed),
  });
  const listeners = await startListeners(
    {
      host: options.host ?? '127.0.0.1',
      port: options.port ?? 0,
      https: identity === undefined ? 'off' : { port: Number(options.httpsPort), identity },
      authenticator: createAuthenticator([
        createBasicScheme(users.store, { allowUnencrypted: options.allowUnencrypted ?? false }),
      ]),
      logger,
      limits: {
        ...(options.maxEnvelopeSizeKb && { maxBodyBytes: options.maxEnvelopeSizeKb * 1024 }),
        ...options.limits,
      },
    },
    createWsmanService({
      broker,
      defaultNamespace: ISCSI_TARGET_NAMESPACE,
      machine: hostname(),
      maxTimeout: MAX_TIMEOUT_MS,
      maxEnvelopeSize: (options.maxEnvelopeSizeKb ?? DEFAULT_ENVELOPE_KB) * 1024,
      contexts: createMemoryContextStore(),
      enumerationTimeout: ENUMERATION_TIMEOUT_MS,
      maxBatchItems: MAX_BATCH_ITEMS,
    }),
  );
  const close = async () => {
    await listeners.close();
    await store.close();
  };
  return {
    ...(listeners.http && { http: listeners.http }),
    ...(listeners.https && identity && { https: { ...listeners.https, fingerprints: identity.fingerprints } }),
    account: users.account,
    lab,
    broker,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function isIscsiTarget(namespace: string): boolean {
  return namespace.toLowerCase() === ISCSI_TARGET_NAMESPACE.toLowerCase();
}

/** Accounts given by the caller stand for this run only; otherwise those of the data directory count. */
async function openAccounts(options: EndpointOptions): Promise<{ store: UserStore; account: Endpoint['account'] }> {
  const { users = [], dataDir } = options;
  const [first] = users;
  const store = await openUserStore(first || !dataDir ? {} : { file: join(dataDir, 'users.json') });
  for (const { name, password } of users) await store.add(name, password);
  return { store, account: first ?? (await ensureAccount(store)) };
}

function openCertificate(options: EndpointOptions, logger: Logger): Promise<ServerCertificate> {
  if (options.certificate) return loadCertificate(options.certificate.certPath, options.certificate.keyPath);
  if (!options.dataDir) return temporaryCertificate();
  return keptCertificate(options.dataDir, (why) => logger.warn(why));
}
