import { findTypeProblem } from '../check-value.js';
import { type CimClass, type CimMethod, type CimParameter, lineage } from '../cim-class.js';
import { CimError } from '../cim-error.js';
import type { CimInstance } from '../cim-instance.js';
import { isIntegerType } from '../cim-type.js';
import { type CimValue, isCimArray } from '../cim-value.js';
import type { Call } from '../contracts/call.js';
import type { CimOperationOf, InvokeMethodResult } from '../contracts/cim-operation.js';
import type { HandlerContext, ServedNamespace } from '../create-handler.js';
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
import { namespaceOf, notFound } from './get-instance.js';
import { narrowReferences } from './narrow-references.js';

/**
 * Runs a method in a transaction. A ReturnValue that says it failed drops everything the method wrote.
 *
 * @throws CimError InvalidNamespace, InvalidClass, MethodNotFound, InvalidParameter, TypeMismatch, NotFound,
 *   MethodNotAvailable
 * @throws ProviderError
 */
export async function invokeMethod(
  context: HandlerContext,
  { target, method: methodName, input }: CimOperationOf<'InvokeMethod'>,
  call: Call,
): Promise<InvokeMethodResult> {
  const namespace = namespaceOf(context, target);
  const method = getMethod(namespace.schema.getClass(target.className), methodName);
  const checked = checkInput(context, namespace, method, input);
  return context.store.transaction((store) => run(context, namespace, method, target, checked, store, call));
}

/** @throws CimError MethodNotFound */
export function getMethod(cimClass: CimClass, name: string): CimMethod {
  const method = cimClass.methods.get(name);
  if (!method) throw new CimError('MethodNotFound', `Class ${cimClass.name} has no method ${shorten(name, 200)}.`);
  return method;
}

async function run(
  context: HandlerContext,
  namespace: ServedNamespace,
  method: CimMethod,
  target: InstancePath,
  { input, isBroad }: CheckedInput,
  store: InstanceTransaction,
  call: Call,
): Promise<InvokeMethodResult> {
  const { cancellation } = call;
  // The caller may have gone while other transactions had their turn.
  cancellation.throwIfAborted();
  const isClass = isClassOnly(namespace, method, target);
  const instance = isClass ? undefined : await resolvePath(target, namespace.name, namespace.schema, store);
  if (!instance && !method.isStatic) throw notFound(target);
  const provider = findProvider(namespace, instance?.className ?? target.className);
  const implementation = provider?.methods[method.name];
  if (!implementation) return toResult(method, answerForMissing(provider, method));
  const exact = isBroad ? await narrowReferences(context, namespace, method, input, store) : input;
  if (provider.requiredParameters !== 'unchecked') checkRequired(method, input);
  const methodCall = new MethodCall(context, namespace, method, instance, store, call);
  // The store waits for this transaction: a method that never ends must not keep all others from writing.
  const output = await cancellation.race(callProvider(method.name, () => implementation(exact, methodCall)));
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
  readonly #call: Call;

  constructor(
    context: HandlerContext,
    { name, schema }: ServedNamespace,
    method: CimMethod,
    instance: CimInstance | undefined,
    store: InstanceTransaction,
    call: Call,
  ) {
    this.namespace = name;
    this.schema = schema;
    this.method = method;
    this.instance = instance;
    this.user = call.user;
    this.store = store;
    this.newUuid = context.newUuid;
    this.resolve = (path) => resolvePath(path, name, schema, store);
    this.#call = call;
  }

  get signal(): AbortSignal {
    return this.#call.cancellation.signal;
  }

  now(): number {
    return this.#call.now();
  }

  explain(reason: string, about?: readonly InstancePath[]): void {
    this.#call.explain(reason, about);
  }
}

/** @throws CimError InvalidParameter for a class alone where the method is not static */
function isClassOnly(namespace: ServedNamespace, method: CimMethod, target: InstancePath): boolean {
  if (target.keys.size > 0 || namespace.schema.getClass(target.className).keys.length === 0) return false;
  if (method.isStatic) return true;
  throw new CimError('InvalidParameter', `Method ${method.name} is called on an instance: its keys are missing.`);
}

function findProvider(namespace: ServedNamespace, className: string): Provider | undefined {
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
  context: HandlerContext,
  namespace: ServedNamespace,
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
  context: HandlerContext,
  namespace: ServedNamespace,
  value: CimValue,
  { name, type }: CimParameter,
): boolean {
  const declared = type.referenceClass;
  let fits = true;
  if (declared === undefined) return fits;
  for (const path of isCimArray(value) ? value : [value]) {
    if (!(path instanceof InstancePath)) continue;
    const isHere = path.namespace === undefined || path.namespace === namespace.name;
    const schema = isHere ? namespace.schema : context.namespaces.findNamespace(path.namespace)?.schema;
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
  return { returnValue, outputs };
}
