import type { KnownClassName, MethodNameOf } from '../cim/model/cim-classes.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import type { CimValue } from '../cim/model/cim-value.js';
import type { InstancePath } from '../cim/model/instance-path.js';
import type { CimInstanceOf } from '../cim/model/typed-instance.js';
import type { CallOptions } from './call-options.js';
import type { ClassDescription } from './class-description.js';
import type { ClientValue } from './client-value.js';
import type { AssociationOptions, EnumerateOptions, ReferenceOptions } from './enumerate-options.js';
import type { Identity } from './message/read-identity.js';
import type { InvokeResult } from './message/read-invoke-result.js';
import type { EnumerateClassesOptions, GetClassOptions } from './operations/class-operations.js';
import type { CreateOptions } from './operations/create.js';
import type { InstanceSequence } from './operations/enumerate.js';
import type { GetOptions } from './operations/get.js';
import type { ConfigOptions, ConfigTree } from './operations/get-config.js';
import type { InvokeOptions } from './operations/invoke.js';
import type { PutOptions } from './operations/put.js';
import type { ConfigChanges } from './operations/put-config.js';
import type { MethodParameters, TypedInvokeResult } from './typed-call.js';

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
