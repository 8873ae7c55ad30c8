import type { BrokerContext, BrokerNamespace } from '../broker.js';
import { Cancellation } from '../cancellation.js';
import { findTypeProblem } from '../check-value.js';
import { type CimClass, type CimMethod, type CimParameter, lineage } from '../cim-class.js';
import { CimError } from '../cim-error.js';
import type { CimInstance } from '../cim-instance.js';
import { isIntegerType } from '../cim-type.js';
import { type CimValue, isCimArray } from '../cim-value.js';
import { InstancePath } from '../instance-path.js';
import type { InstanceTransaction } from '../instance-store.js';
import { NameMap } from '../name-map.js';
import { outputParameters } from '../output-parameters.js';
import type { MethodContext, MethodInput, MethodOutput, Provider } from '../provider.js';
import { ProviderError } from '../provider-error.js';
import { resolvePath } from '../resolve-path.js';
import type { Schema } from '../schema.js';
import { shorten } from '../shorten.js';
import type { UuidSource } from '../uuid-source.js';
import { isStartedCode, notSupportedCode } from '../value-map.js';
import { callProvider } from './call-provider.js';
import { notFound } from './get-instance.js';
import { narrowReferences } from './narrow-references.js';

/** InvokeMethod (DSP0223 §7.4.29, InvokeStaticMethod §7.4.30). */
export interface InvokeMethodRequest {
  readonly namespace: string;
  /** The instance; for a static method its class alone may be named, with a path that has no keys. */
  readonly target: InstancePath;
  readonly methodName: string;
  /** Typed values by parameter name. */
  readonly input: NameMap<CimValue>;
  readonly user?: string | undefined;
  /** Cancelled when nobody waits for the result any more; then nothing is committed. */
  readonly cancellation?: Cancellation | undefined;
}

export interface InvokeMethodResult {
  readonly method: CimMethod;
  readonly returnValue: CimValue;
  /** Every output parameter of the method, those not set by the provider as NULL. */
  readonly outputs: NameMap<CimValue>;
}

/**
 * Runs a method in a transaction. A ReturnValue that says it failed drops everything the method wrote.
 *
 * @throws CimError InvalidNamespace, InvalidClass, MethodNotFound, InvalidParameter, TypeMismatch, NotFound,
 *   MethodNotAvailable
 * @throws ProviderError
 */
export async function invokeMethod(context: BrokerContext, request: InvokeMethodRequest): Promise<InvokeMethodResult> {
  const namespace = context.getNamespace(request.namespace);
  const method = getMethod(namespace.schema.getClass(request.target.className), request.methodName);
  const checked = checkInput(context, namespace, method, request.input);
  return context.store.transaction((store) => run(context, namespace, method, request, checked, store));
}

/** @throws CimError MethodNotFound */
export function getMethod(cimClass: CimClass, name: string): CimMethod {
  const method = cimClass.methods.get(name);
  if (!method) throw new CimError('MethodNotFound', `Class ${cimClass.name} has no method ${shorten(name, 200)}.`);
  return method;
}

async function run(
  context: BrokerContext,
  namespace: BrokerNamespace,
  method: CimMethod,
  request: InvokeMethodRequest,
  { input, isBroad }: CheckedInput,
  store: InstanceTransaction,
): Promise<InvokeMethodResult> {
  const { cancellation = new Cancellation() } = request;
  // The caller may have gone while other transactions had their turn.
  cancellation.throwIfAborted();
  const isClass = isClassOnly(namespace, method, request.target);
  const instance = isClass ? undefined : await resolvePath(request.target, namespace.name, namespace.schema, store);
  if (!instance && !method.isStatic) throw notFound(request.target);
  const provider = findProvider(namespace, instance?.className ?? request.target.className);
  const implementation = provider?.methods[method.name];
  if (!implementation) return toResult(method, answerForMissing(provider, method));
  const exact = isBroad ? await narrowReferences(context, namespace, method, input, store) : input;
  if (provider.requiredParameters !== 'unchecked') checkRequired(method, input);
  const call = new MethodCall(context, namespace, method, instance, request.user, store, cancellation);
  // The store waits for this transaction: a method that never ends must not keep all others from writing.
  const output = await cancellation.race(callProvider(method.name, () => implementation(exact, call)));
  cancellation.throwIfAborted();
  // Before anything is committed: a method whose answer cannot be given has changed nothing.
  const result = toResult(method, output);
  if (isFailure(method, output.ReturnValue)) store.discard();
  return result;
}

/** A class for the sake of `signal`: an accessor in an object literal is defined anew, slowly, for each call. */
class MethodCall implements MethodContext {
  readonly namespace: string;
  readonly schema: Schema;
  readonly method: CimMethod;
  readonly instance: CimInstance | undefined;
  readonly user: string | undefined;
  readonly store: InstanceTransaction;
  readonly newUuid: UuidSource;
  readonly resolve: MethodContext['resolve'];
  readonly #cancellation: Cancellation;

  constructor(
    context: BrokerContext,
    { name, schema }: BrokerNamespace,
    method: CimMethod,
    instance: CimInstance | undefined,
    user: string | undefined,
    store: InstanceTransaction,
    cancellation: Cancellation,
  ) {
    this.namespace = name;
    this.schema = schema;
    this.method = method;
    this.instance = instance;
    this.user = user;
    this.store = store;
    this.newUuid = context.newUuid;
    this.resolve = (path) => resolvePath(path, name, schema, store);
    this.#cancellation = cancellation;
  }

  get signal(): AbortSignal {
    return this.#cancellation.signal;
  }
}

/** @throws CimError InvalidParameter for a class alone where the method is not static */
function isClassOnly(namespace: BrokerNamespace, method: CimMethod, target: InstancePath): boolean {
  if (target.keys.size > 0 || namespace.schema.getClass(target.className).keys.length === 0) return false;
  if (method.isStatic) return true;
  throw new CimError('InvalidParameter', `Method ${method.name} is called on an instance: its keys are missing.`);
}

function findProvider(namespace: BrokerNamespace, className: string): Provider | undefined {
  for (const { name } of lineage(namespace.schema.getClass(className))) {
    const provider = namespace.providers.get(name);
    if (provider) return provider;
  }
  return undefined;
}

function answerForMissing(provider: Provider | undefined, method: CimMethod): MethodOutput {
  const code = provider?.otherMethods === 'not-supported' ? notSupportedCode(method) : undefined;
  if (code !== undefined) return { ReturnValue: code };
  throw new CimError('MethodNotAvailable', `Method ${method.name} is declared but not implemented by this endpoint.`);
}

interface CheckedInput {
  readonly input: MethodInput;
  /** Some reference names a base class of the declared class. */
  readonly isBroad: boolean;
}

function checkInput(
  context: BrokerContext,
  namespace: BrokerNamespace,
  method: CimMethod,
  input: NameMap<CimValue>,
): CheckedInput {
  const checked: Record<string, CimValue> = {};
  let isBroad = false;
  for (const [name, value] of input) {
    const parameter = method.parameters.get(name);
    if (!parameter)
      throw new CimError('InvalidParameter', `Method ${method.name} has no parameter ${shorten(name, 200)}.`);
    if (!parameter.isIn) {
      if (value === null) continue;
      throw new CimError('InvalidParameter', `Parameter ${parameter.name} of ${method.name} is for output only.`);
    }
    const problem = findTypeProblem(value, parameter.type);
    if (problem) throw new CimError('TypeMismatch', `Parameter ${parameter.name}: ${problem}.`);
    if (!fitsClass(context, namespace, value, parameter)) isBroad = true;
    checked[parameter.name] = value;
  }
  return { input: checked, isBroad };
}

/** @throws CimError InvalidParameter */
function checkRequired(method: CimMethod, input: MethodInput): void {
  for (const { name, isIn, isRequired } of method.parameters.values()) {
    if (!isIn || !isRequired || (input[name] ?? null) !== null) continue;
    throw new CimError('InvalidParameter', `Parameter ${name} of ${method.name} is required.`);
  }
}

/**
 * A reference must name the declared class, a subclass, or a base class; of one into a namespace not served here that
 * cannot be told. Whether an embedded instance is of a class that will do is for the provider to say, by a ReturnValue.
 *
 * @returns false when a base class is named, so that only the object can tell
 * @throws CimError TypeMismatch
 */
function fitsClass(
  context: BrokerContext,
  namespace: BrokerNamespace,
  value: CimValue,
  { name, type }: CimParameter,
): boolean {
  const declared = type.referenceClass;
  let fits = true;
  if (declared === undefined) return fits;
  for (const path of isCimArray(value) ? value : [value]) {
    if (!(path instanceof InstancePath)) continue;
    const isHere = path.namespace === undefined || path.namespace === namespace.name;
    const schema = isHere ? namespace.schema : context.findNamespace(path.namespace)?.schema;
    if (!schema || schema.isA(path.className, declared)) continue;
    fits = false;
    if (schema.isA(declared, path.className)) continue;
    const problem = `a reference to ${shorten(path.className)} was given where ${declared} is wanted`;
    throw new CimError('TypeMismatch', `Parameter ${name}: ${problem}.`);
  }
  return fits;
}

/** Only an integer can say that a method failed; methods of other types fail by throwing. */
function isFailure(method: CimMethod, returnValue: CimValue | undefined): boolean {
  if (!isIntegerType(method.returnType.name)) return false;
  const code = Number(returnValue);
  return code !== 0 && !isStartedCode(method, code);
}

/**
 * A provider that answers what its class does not declare is a programming error: it must not reach a client as data.
 *
 * @throws ProviderError
 */
function toResult(method: CimMethod, output: MethodOutput): InvokeMethodResult {
  const outputs = new NameMap<CimValue>();
  for (const parameter of outputParameters(method)) {
    const value = output[parameter.name] ?? null;
    const problem = findTypeProblem(value, parameter.type);
    if (problem) throw new ProviderError('invalid response', `output ${parameter.name} of ${method.name}: ${problem}`);
    outputs.set(parameter.name, value);
  }
  const returnValue = output.ReturnValue ?? null;
  const problem = findTypeProblem(returnValue, method.returnType);
  if (problem) throw new ProviderError('invalid response', `ReturnValue of ${method.name}: ${problem}`);
  return { method, returnValue, outputs };
}
