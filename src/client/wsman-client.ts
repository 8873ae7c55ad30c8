import { randomUUID } from 'node:crypto';
import type { KnownClassName, MethodNameOf } from '../cim/model/cim-classes.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { InstancePath } from '../cim/model/instance-path.js';
import type { CimInstanceOf } from '../cim/model/typed-instance.js';
import type { CallOptions } from './call-options.js';
import type { ClassDescription } from './class-description.js';
import { type ClientOptions, type ClientSettings, checkLanguage, resolveClientOptions } from './client-options.js';
import type { ClientValue } from './client-value.js';
import type { AssociationOptions, EnumerateOptions, ReferenceOptions } from './enumerate-options.js';
import { contentType, encodeMessage } from './message/message-charset.js';
import { readEnvelope } from './message/read-envelope.js';
import { type Identity, readIdentity } from './message/read-identity.js';
import type { InvokeResult } from './message/read-invoke-result.js';
import { buildIdentifyRequest, buildRequest } from './message/request-envelope.js';
import { allClasses } from './message/resource-uri.js';
import { namespaces } from './message/wsman-names.js';
import {
  type EnumerateClassesOptions,
  enumerateClasses,
  type GetClassOptions,
  getClass,
} from './operations/class-operations.js';
import { type CreateOptions, createInstance } from './operations/create.js';
import { deleteInstance } from './operations/delete.js';
import { enumerateInstances, type InstanceSequence } from './operations/enumerate.js';
import { type GetOptions, getFragment, getInstance } from './operations/get.js';
import { type ConfigOptions, type ConfigTree, getConfig } from './operations/get-config.js';
import { type InvokeOptions, invokeMethod } from './operations/invoke.js';
import { type PutOptions, putFragment, putInstance } from './operations/put.js';
import { type ConfigChanges, putConfig } from './operations/put-config.js';
import { rememberClasses } from './remembered-classes.js';
import type { ClientSession } from './transport/client-session.js';
import { createTransports } from './transport/create-transports.js';
import { explainConnectionFailure } from './transport/explain-connection-failure.js';
import type { Transport } from './transport/transport.js';
import { WsmanTransportError } from './transport/wsman-transport-error.js';
import type { MethodParameters, TypedInvokeResult } from './typed-call.js';
import { createUnderWay } from './under-way.js';

export interface IdentifyOptions {
  /** Sends no credentials, and the header by which WinRM answers without them (MS-WSMV 3.1.4.1.23). */
  readonly anonymous?: boolean;
  readonly signal?: AbortSignal;
}

/** How a query is run: it brings its own filter. */
export type QueryOptions = Omit<EnumerateOptions, 'filter'>;

/** How instances are enumerated as they are: with their path, and with every property that has a value. */
export type WholeOptions = Omit<EnumerateOptions, 'filter' | 'mode'>;

/** An instance with its path. */
export type Found<I> = I & { readonly path: InstancePath };

/** A client of one WS-Man endpoint. Connections are kept open between calls, until `close`. */
export interface WsmanClient {
  /**
   * Asks the endpoint what it is.
   *
   * @throws WsmanTransportError, WsmanClientError
   */
  identify(options?: IdentifyOptions): Promise<Identity>;
  /**
   * Calls a method on an instance, or on a class when given its name (a static method).
   *
   * A ReturnValue other than 0 is a result, not an error (DSP0223 §5.3.4). Outputs have the types that the class declares: the
   * first answer with outputs of a class has its declaration fetched, unless the option `values` says `text`.
   *
   * A class that a file of `cimulator types` knows has its parameters and outputs typed: a static method by itself, a method of an
   * instance when class and method are named.
   *
   * ```ts
   * const { returnValue, outputs } = await client.invoke('LAB_Thermostat', 'CountBelow', { Target: 15 });
   * ```
   *
   * @throws WsmanClientError when the server answers with a fault
   * @throws WsmanTransportError when there is no SOAP answer
   * @throws TypeError, RangeError when a name or value cannot be sent
   */
  invoke<C extends KnownClassName = never, M extends MethodNameOf<C> = MethodNameOf<C>>(
    target: InstancePath | C,
    method: M,
    ...rest: Record<never, never> extends MethodParameters<C, M>
      ? [parameters?: MethodParameters<C, M>, options?: InvokeOptions]
      : [parameters: MethodParameters<C, M>, options?: InvokeOptions]
  ): Promise<TypedInvokeResult<C, M>>;
  invoke(
    target: InstancePath | string,
    method: string,
    parameters?: Readonly<Record<string, ClientValue>>,
    options?: InvokeOptions,
  ): Promise<InvokeResult>;
  /**
   * Fetches an instance. A path of a superclass finds it too; `path` of the result names the real class.
   *
   * @throws WsmanClientError (CIM status NotFound), WsmanTransportError
   */
  get(path: InstancePath, options?: GetOptions): Promise<CimInstance>;
  /** Fetches an instance of a class that a file of `cimulator types` knows: `client.get<'LAB_Thermostat'>(path)`. */
  get<C extends KnownClassName>(path: InstancePath, options?: CallOptions): Promise<CimInstanceOf<C>>;
  /**
   * Fetches a part of an instance by XPath: `ElementName`, `OperationalStatus[1]`, `ElementName/text()`.
   *
   * @returns the property's value, text for `text()`; an instance when the path finds several properties
   */
  getFragment(path: InstancePath, xpath: string, options?: CallOptions): Promise<CimValue>;
  /**
   * Enumerates the instances of a class and its subclasses; `*` for all classes, when a filter says which.
   *
   * Instances are fetched in batches as they are asked for. Leaving the loop early releases the enumeration.
   *
   * ```ts
   * for await (const system of client.enumerate('CIM_ComputerSystem')) console.log(system.get('ElementName'));
   * ```
   */
  enumerate<C extends KnownClassName>(className: C, options?: WholeOptions): InstanceSequence<Found<CimInstanceOf<C>>>;
  enumerate(className: string, options?: WholeOptions): InstanceSequence<Found<CimInstance>>;
  enumerate(className: string, options?: EnumerateOptions): InstanceSequence;
  /** Runs a WQL query; for one of classes (`meta_class`) see `enumerateClasses`. */
  query(wql: string, options?: QueryOptions): InstanceSequence;
  /** The objects that an object is associated with. */
  associators(path: InstancePath, where?: AssociationOptions, options?: QueryOptions): InstanceSequence;
  /** The association instances that refer to an object. */
  references(path: InstancePath, where?: ReferenceOptions, options?: QueryOptions): InstanceSequence;
  /** Creates an instance. @returns its path */
  create(
    className: string,
    properties: Readonly<Record<string, ClientValue>>,
    options?: CreateOptions,
  ): Promise<InstancePath>;
  /** Changes properties of an instance and leaves the others. @returns the instance as it is then */
  put(path: InstancePath, changes: Readonly<Record<string, ClientValue>>, options?: PutOptions): Promise<CimInstance>;
  /**
   * Changes a part of an instance by XPath, as `getFragment` reads it.
   *
   * @returns the part as it is then
   */
  putFragment(path: InstancePath, xpath: string, value: ClientValue, options?: CallOptions): Promise<CimValue>;
  delete(path: InstancePath, options?: CallOptions): Promise<void>;
  /** Fetches the declaration of a class. */
  getClass(className: string, options?: GetClassOptions): Promise<ClassDescription>;
  /**
   * The declaration by which the client reads the instances of a class: fetched with the first of them, and kept.
   *
   * @param namespace the client's by default
   * @returns undefined when the server does not give it: values are read as text then
   * @throws WsmanTransportError
   */
  knownClass(className: string, namespace?: string): Promise<ClassDescription | undefined>;
  /** Lets go of the declarations that are kept: classes may have changed. */
  forgetClasses(): void;
  /** Enumerates class declarations: all of the namespace, or the subclasses of a class. */
  enumerateClasses(options?: EnumerateClassesOptions): AsyncGenerator<ClassDescription, void, undefined>;
  /** Fetches the configuration of the service, or a section of it such as `service`. */
  getConfig(section?: string, options?: ConfigOptions): Promise<ConfigTree>;
  /** Changes settings in a section of the configuration. @returns the section as it is then */
  putConfig(section: string, changes: ConfigChanges, options?: ConfigOptions): Promise<ConfigTree>;
  /** Closes all connections; calls under way fail. */
  close(): Promise<void>;
}

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
