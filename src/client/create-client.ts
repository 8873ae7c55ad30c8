import { randomUUID } from 'node:crypto';
import { InstancePath } from '../cim/model/instance-path.js';
import type { CallOptions } from './call-options.js';
import { type ClientOptions, type ClientSettings, checkLanguage, resolveClientOptions } from './client-options.js';
import type { ClientValue } from './client-value.js';
import type { EnumerateOptions } from './enumerate-options.js';
import { contentType, encodeMessage } from './message/message-charset.js';
import { readEnvelope } from './message/read-envelope.js';
import { readIdentity } from './message/read-identity.js';
import { buildIdentifyRequest, buildRequest } from './message/request-envelope.js';
import { allClasses } from './message/resource-uri.js';
import { namespaces } from './message/wsman-names.js';
import { enumerateClasses, getClass } from './operations/class-operations.js';
import { createInstance } from './operations/create.js';
import { deleteInstance } from './operations/delete.js';
import { enumerateInstances } from './operations/enumerate.js';
import { type GetOptions, getFragment, getInstance } from './operations/get.js';
import { getConfig } from './operations/get-config.js';
import { type InvokeOptions, invokeMethod } from './operations/invoke.js';
import { putFragment, putInstance } from './operations/put.js';
import { putConfig } from './operations/put-config.js';
import { rememberClasses } from './remembered-classes.js';
import type { ClientSession } from './transport/client-session.js';
import { createTransports } from './transport/create-transports.js';
import { explainConnectionFailure } from './transport/explain-connection-failure.js';
import type { Transport } from './transport/transport.js';
import { WsmanTransportError } from './transport/wsman-transport-error.js';
import { createUnderWay } from './under-way.js';
import type { WsmanClient } from './wsman-client.js';

/** What the server takes by itself when no OperationTimeout is sent (MaxTimeoutms). */
const DEFAULT_OPERATION_MS = 60_000;
/** Messages that change nothing. A Pull is none of them: it takes items away. */
const READING: ReadonlySet<string> = new Set([
  `${namespaces.transfer}/Get`,
  `${namespaces.enumeration}/Enumerate`,
  `${namespaces.enumeration}/GetStatus`,
]);
/** How long closing waits for what is being released. */
const CLOSE_MS = 1000;
/** Time for the way there and back, as WinRM's NetworkDelayms. */
const NETWORK_DELAY_MS = 5000;
/** Where the caller says how long: enough for the server's own fault, which says more, and no more. */
const WANTED_DELAY_MS = 400;

/** In what we write ourselves. */
const MESSAGE_ID = /<a:MessageID>([^<]+)</;

/**
 * Makes a client. Nothing is sent before the first call.
 *
 * ```ts
 * const client = createClient({ url: 'http://127.0.0.1:5985/wsman', user: 'admin', password });
 * const service = parseInstancePath('MSISCSITARGET_StorageConfigurationService.Name="…",…');
 * const { returnValue, outputs } = await client.invoke(service, 'CreateOrModifyReplicationPipe', {
 *   PipeElementName: 'pipe-a',
 *   SourceSystem: parseInstancePath('MSFTSM_ComputerSystem.CreationClassName="…",Name="…"'),
 * });
 * outputs.get('ReplicationPipe'); // an InstancePath
 * ```
 *
 * @throws OptionError, a TypeError, when an option is misspelt or wrong
 */
export function createClient(options: ClientOptions): WsmanClient {
  const settings = resolveClientOptions(options);
  const { url, charset } = settings;
  const sessionId = randomUUID().toUpperCase();
  const { plain, authenticated } = createTransports(settings);

  const exchange = async (transport: Transport, envelope: string, post: ExchangeOptions) => {
    const headers = { ...settings.headers, ...post.headers, 'content-type': contentType(charset) };
    const { operationTimeoutMs } = post;
    const timeoutMs =
      operationTimeoutMs === undefined ? DEFAULT_OPERATION_MS + NETWORK_DELAY_MS : operationTimeoutMs + WANTED_DELAY_MS;
    const response = await transport.post(encodeMessage(envelope, charset), {
      headers,
      timeoutMs,
      signal: post.signal,
      readsOnly: post.readsOnly,
    });
    const answer = readEnvelope(response, MESSAGE_ID.exec(envelope)?.[1]);
    settings.onAnswer?.(answer.xml);
    return answer;
  };

  const underWay = createUnderWay();
  const session: ClientSession = {
    settings,
    aborted: () => explainConnectionFailure(new DOMException('aborted', 'AbortError'), url),
    beforeClose: underWay.add,
    classes: rememberClasses((namespace, className) => getClass(session, className, { namespace })),
    async send(message, { signal, ...call }) {
      const operationTimeoutMs = call.operationTimeoutMs ?? settings.operationTimeoutMs;
      const options = { ...settings.options, ...message.options };
      const envelope = buildRequest(
        { ...message, options },
        {
          ...settings,
          ...languagesOf(settings, call),
          to: url.href,
          sessionId,
          family: call.resourceUriFamily ?? settings.family,
          operationTimeoutMs,
        },
      );
      const readsOnly = READING.has(message.action);
      return exchange(authenticated, envelope, { headers: {}, operationTimeoutMs, signal, readsOnly });
    },
  };

  const invoke = (
    on: InstancePath | string,
    method: string,
    parameters: Readonly<Record<string, ClientValue>> = {},
    call: InvokeOptions = {},
  ) =>
    invokeMethod(session, typeof on === 'string' ? new InstancePath({ className: on }) : on, method, parameters, call);

  return {
    async identify({ anonymous = false, signal } = {}) {
      const { operationTimeoutMs } = settings;
      const headers: Record<string, string> = anonymous ? { wsmanidentify: 'unauthenticated' } : {};
      const answer = await exchange(anonymous ? plain : authenticated, buildIdentifyRequest(), {
        headers,
        operationTimeoutMs,
        signal,
        readsOnly: true,
      });
      const identity = readIdentity(answer.body, answer.xml);
      if (!identity) throw new WsmanTransportError('response', 'the answer to Identify is no IdentifyResponse');
      return identity;
    },

    // That outputs and properties have the types of a known class is what the server's declaration says, by which they are read.
    invoke: invoke as WsmanClient['invoke'],
    get: ((path: InstancePath, call: GetOptions = {}) => getInstance(session, path, call)) as WsmanClient['get'],
    getFragment: (path, xpath, call = {}) => getFragment(session, path, xpath, call),
    enumerate: ((className: string, call: EnumerateOptions = {}) =>
      enumerateInstances(session, className, call)) as WsmanClient['enumerate'],
    query: (wql, call = {}) => enumerateInstances(session, allClasses, { ...call, filter: { wql } }),
    associators: (path, where = {}, call = {}) =>
      enumerateInstances(session, allClasses, {
        ...inNamespaceOf(path),
        ...call,
        filter: { associators: path, where },
      }),
    references: (path, where = {}, call = {}) =>
      enumerateInstances(session, allClasses, { ...inNamespaceOf(path), ...call, filter: { references: path, where } }),
    create: (className, properties, call = {}) => createInstance(session, className, properties, call),
    put: (path, changes, call = {}) => putInstance(session, path, changes, call),
    putFragment: (path, xpath, value, call = {}) => putFragment(session, path, xpath, value, call),
    delete: (path, call = {}) => deleteInstance(session, path, call),
    getClass: (className, call = {}) => getClass(session, className, call),
    knownClass: (className, namespace = settings.namespace) => session.classes.find(namespace, className),
    forgetClasses: () => session.classes.forget(),
    enumerateClasses: (call = {}) => enumerateClasses(session, call),
    getConfig: (section = '', call = {}) => getConfig(session, section, call),
    putConfig: (section, changes, call = {}) => putConfig(session, section, changes, call),
    async close() {
      await underWay.settle(CLOSE_MS);
      await authenticated.close();
    },
  };
}

/** The languages of a call, or the client's. @throws OptionError */
function languagesOf(
  settings: ClientSettings,
  { locale, dataLocale }: CallOptions,
): Pick<ClientSettings, 'locale' | 'dataLocale'> {
  if (locale === undefined && dataLocale === undefined) return settings;
  return {
    locale: checkLanguage('locale', locale ?? settings.locale),
    dataLocale: checkLanguage('dataLocale', dataLocale ?? settings.dataLocale),
  };
}

/** An object's associations are in its own namespace, unless the caller knows better. */
function inNamespaceOf({ namespace }: InstancePath): { namespace?: string } {
  return namespace === undefined ? {} : { namespace };
}

interface ExchangeOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly operationTimeoutMs: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly readsOnly: boolean;
}
