import type { InvokeMethodResult } from '../cim/contracts/cim-operation.js';
import type { KnownClassName, MethodNameOf, PropertiesOf } from '../cim/model/cim-classes.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import type { InstancePath } from '../cim/model/instance-path.js';
import type { CimInstanceOf } from '../cim/model/typed-instance.js';
import type { LooseValues, MethodOutputs, MethodTypesOf } from '../cim/model/typed-method.js';
import type { LooseValue } from '../lab/fitting-value.js';

/** Values by name, as a program writes them down: a number for any integer, a Date for a timestamp. */
export type GivenValues = Readonly<Record<string, LooseValue>>;

/** An instance that was found: it has a path. */
export type FoundInstance<I> = I & { readonly path: InstancePath };

/** What a method of a known class returned. */
export interface HouseInvokeResult<C extends KnownClassName, M extends MethodNameOf<C>> extends InvokeMethodResult {
  readonly outputs: MethodOutputs<MethodTypesOf<C, M>['output']>;
}

/**
 * The CIM operations with the rights of the house: past what providers allow clients, past roles, rules that break things and the
 * record of requests. Paths may be texts, and are of the endpoint's default namespace where they name none. Classes that a file of
 * `cimulator types` knows have their types.
 *
 * ```ts
 * await using endpoint = await startEndpoint({ lab: 'fixtures/examples/thermostat.mof' });
 * const cellar = await endpoint.cim.get<'LAB_Thermostat'>('LAB_Thermostat.DeviceID="t-2"');
 * await endpoint.cim.put(cellar.with({ Target: 9 }));
 * ```
 *
 * Each operation fails with a CimError as the operation of DSP0223 does.
 */
export interface CimFace {
  /** A path of a superclass finds the instance, too. @throws CimError NotFound, InvalidClass */
  get(path: InstancePath | string): Promise<CimInstance>;
  get<C extends KnownClassName>(path: InstancePath | string): Promise<CimInstanceOf<C>>;
  /**
   * Creates the instance or puts it in the place of the one with its keys, whatever a provider allows clients. References may lead nowhere.
   *
   * @returns where it is
   * @throws CimError for a value that its class cannot have, or a key that is missing
   */
  put(instance: Pick<CimInstance, 'className' | 'properties' | 'path'>): Promise<InstancePath>;
  /**
   * The same for an instance that must be new; all keys must be given, since no provider is asked for them.
   *
   * @throws CimError AlreadyExists
   */
  create<C extends KnownClassName>(
    className: C,
    properties: Partial<LooseValues<PropertiesOf<C>>>,
  ): Promise<InstancePath>;
  create(className: string, properties: GivenValues): Promise<InstancePath>;
  create(instance: Pick<CimInstance, 'className' | 'properties' | 'path'>): Promise<InstancePath>;
  /**
   * Changes an instance, in one step: nobody sees it, or changes it, in between.
   *
   * @param change the values, or what makes the new instance of the one found; it may be asked again after a conflict
   * @returns where it is @throws CimError NotFound, and as {@link put} does
   */
  change(
    path: InstancePath | string,
    change: GivenValues | ((found: CimInstance) => Pick<CimInstance, 'className' | 'properties' | 'path'>),
  ): Promise<InstancePath>;
  /** Removes the instance alone, whatever refers to it. False when there is none. */
  delete(path: InstancePath | string): Promise<boolean>;
  /** WQL: SELECT, ASSOCIATORS OF, REFERENCES OF. @param namespace default: the endpoint's @throws CimError InvalidQuery */
  find(query: string, namespace?: string): Promise<readonly FoundInstance<CimInstance>[]>;
  find<C extends KnownClassName>(
    query: string,
    namespace?: string,
  ): Promise<readonly FoundInstance<CimInstanceOf<C>>[]>;
  associators(path: InstancePath | string, resultClass?: string): Promise<readonly CimInstance[]>;
  /** Calls a method of an instance, or a static one of a class that is named. */
  invoke<C extends KnownClassName = never, M extends MethodNameOf<C> = MethodNameOf<C>>(
    target: InstancePath | C,
    method: M,
    ...rest: Record<never, never> extends MethodTypesOf<C, M>['input']
      ? [input?: LooseValues<MethodTypesOf<C, M>['input']>]
      : [input: LooseValues<MethodTypesOf<C, M>['input']>]
  ): Promise<HouseInvokeResult<C, M>>;
  invoke(target: InstancePath | string, method: string, input?: GivenValues): Promise<InvokeMethodResult>;
}
