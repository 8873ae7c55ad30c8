import type { Call } from '../contracts/call.js';
import { Cancellation } from '../contracts/cancellation.js';
import type { CimOperationOf, InvokeMethodResult } from '../contracts/cim-operation.js';
import type { InstanceTransaction } from '../contracts/instance-store.js';
import type { MethodContext, MethodInput, MethodOutput } from '../contracts/provider.js';
import { ProviderError } from '../contracts/provider-error.js';
import type { HandlerContext, ServedNamespace } from '../create-handler.js';
import { findTypeProblem } from '../model/check-value.js';
import { type CimClass, type CimMethod, lineage } from '../model/cim-class.js';
import { CimError } from '../model/cim-error.js';
import type { CimInstance } from '../model/cim-instance.js';
import { isIntegerType } from '../model/cim-type.js';
import type { CimValue } from '../model/cim-value.js';
import type { InstancePath } from '../model/instance-path.js';
import { NameMap } from '../model/name-map.js';
import { outputParameters } from '../model/output-parameters.js';
import { shorten } from '../model/shorten.js';
import { aboutName } from '../model/unknown-name.js';
import { isStartedCode, notSupportedCode } from '../model/value-map.js';
import type { ProvidedMethod } from '../providers/join-providers.js';
import { callProvider } from './call-provider.js';
import { type CheckedInput, checkInput, checkRequired } from './check-input.js';
import { deriveEmbedded } from './derive-values.js';
import { notFound, spaceOf } from './get-instance.js';
import { narrowReferences } from './narrow-references.js';
import { resolvePath } from './resolve-path.js';
import { WorkContext } from './work-context.js';

/** A call whose method and input have been found to fit each other. */
interface Invocation {
  readonly space: ServedNamespace;
  readonly target: InstancePath;
  readonly method: CimMethod;
  readonly checked: CheckedInput;
  readonly call: Call;
  /** What the provider was given last. */
  last: MethodCall | undefined;
}

/**
 * Runs a method in a transaction. A ReturnValue that says it failed drops everything the method wrote.
 *
 * @throws CimError InvalidNamespace, InvalidClass, MethodNotFound, InvalidParameter, TypeMismatch, NotFound,
 *   MethodNotAvailable
 * @throws ProviderError, StoreError
 */
export async function invokeMethod(
  context: HandlerContext,
  { target, method: methodName, input }: CimOperationOf<'InvokeMethod'>,
  call: Call,
): Promise<InvokeMethodResult> {
  const space = spaceOf(context, target);
  const method = getMethod(space.schema.getClass(target.className), methodName);
  const checked = checkInput(context, space, method, input);
  const invocation: Invocation = { space, target, method, checked, call, last: undefined };
  let succeeded = false;
  try {
    const result = await context.store.transaction((store, attempt) => run(context, invocation, store, attempt), call);
    succeeded = !isFailure(method, result.returnValue);
    return space.derivations.isEmpty ? result : await withDerived(context, space, result, call);
  } finally {
    invocation.last?.settle(succeeded);
  }
}

/** What is embedded in the answer is shown as it would be by a Get. */
async function withDerived(
  context: HandlerContext,
  space: ServedNamespace,
  { returnValue, outputs }: InvokeMethodResult,
  call: Call,
): Promise<InvokeMethodResult> {
  const shown = new NameMap<CimValue>();
  for (const [name, value] of outputs) shown.set(name, await deriveEmbedded(context, space, value, call));
  return { returnValue, outputs: shown };
}

/** @throws CimError MethodNotFound */
export function getMethod(cimClass: CimClass, name: string): CimMethod {
  const method = cimClass.methods.get(name);
  if (method) return method;
  const error = new CimError('MethodNotFound', `Class ${cimClass.name} has no method ${shorten(name, 200)}.`);
  throw aboutName(error, { kind: 'method', name, cimClass });
}

async function run(
  context: HandlerContext,
  invocation: Invocation,
  store: InstanceTransaction,
  attempt: number,
): Promise<InvokeMethodResult> {
  const { space, target, method, checked, call } = invocation;
  const { cancellation } = call;
  // An attempt that is made again has explained nothing, whatever becomes of this one.
  invocation.last = undefined;
  // The caller may have gone while other transactions had their turn.
  cancellation.throwIfAborted();
  const isClass = isClassOnly(space, method, target);
  const instance = isClass ? undefined : await resolvePath(target, space.name, space.schema, store);
  if (!instance && !method.isStatic) throw notFound(target);
  const provided = findProvided(space, instance?.className ?? target.className, method.name);
  if (!provided)
    return toResult(method, answerForMissing(space, instance?.className ?? target.className, method, call));
  const { input, isBroad } = checked;
  const exact = isBroad ? await narrowReferences(context, space, method, input, store, call) : input;
  if (provided.checksRequired) checkRequired(method, input);
  const methodCall = new MethodCall(context, space, call, store, attempt, method, instance);
  invocation.last = methodCall;
  // A method that never ends ends with the call.
  const work = callProvider(method.name, () => carryOut(provided, exact, methodCall));
  const output = await cancellation.race(provided.kind === 'plain' ? work : heldBack(context, work));
  cancellation.throwIfAborted();
  // Before anything is committed: a method whose answer cannot be given has changed nothing.
  const result = toResult(method, output);
  if (isFailure(method, output.ReturnValue)) store.discard();
  return result;
}

/** Of a method that nobody else can commit beside: whoever must get past it can end it. */
async function heldBack<T>({ exclusive }: HandlerContext, work: Promise<T>): Promise<T> {
  if (exclusive === undefined) return work;
  const held = new Cancellation();
  exclusive.add(held);
  try {
    return await held.race(work);
  } finally {
    exclusive.delete(held);
  }
}

function carryOut(
  provided: ProvidedMethod,
  input: MethodInput,
  context: MethodCall,
): MethodOutput | Promise<MethodOutput> {
  switch (provided.kind) {
    case 'plain':
      return provided.run(input, context);
    case 'exclusive':
      return context.store.claim().then(() => provided.run(input, context));
    case 'prepared':
      return prepareAndCommit(provided.halves, input, context);
  }
}

async function prepareAndCommit(
  halves: Extract<ProvidedMethod, { kind: 'prepared' }>['halves'],
  input: MethodInput,
  context: MethodCall,
): Promise<MethodOutput> {
  const { store } = context;
  const plan = await halves.prepare(input, context);
  await store.claim();
  return halves.commit(plan, store, context);
}

class MethodCall extends WorkContext implements MethodContext {
  readonly method: CimMethod;
  readonly instance: CimInstance | undefined;

  constructor(
    context: HandlerContext,
    space: ServedNamespace,
    call: Call,
    store: InstanceTransaction,
    attempt: number,
    method: CimMethod,
    instance: CimInstance | undefined,
  ) {
    super(context, space, call, store, attempt);
    this.method = method;
    this.instance = instance;
  }
}

/** @throws CimError InvalidParameter for a class alone where the method is not static */
function isClassOnly({ schema }: ServedNamespace, method: CimMethod, target: InstancePath): boolean {
  if (target.keys.size > 0 || schema.getClass(target.className).keys.length === 0) return false;
  if (method.isStatic) return true;
  throw new CimError('InvalidParameter', `Method ${method.name} is called on an instance: its keys are missing.`);
}

/** The implementation for the class, or for the nearest superclass that has one. */
function findProvided(
  { schema, providers }: ServedNamespace,
  className: string,
  name: string,
): ProvidedMethod | undefined {
  for (const cimClass of lineage(schema.getClass(className))) {
    const provided = providers.get(cimClass.name)?.methods.get(name);
    if (provided) return provided;
  }
  return undefined;
}

function answerForMissing(space: ServedNamespace, className: string, method: CimMethod, call: Call): MethodOutput {
  const text = `Method ${method.name} is declared but not implemented by this endpoint.`;
  const code = otherMethodsOf(space, className) === 'not-supported' ? notSupportedCode(method) : undefined;
  if (code === undefined) throw new CimError('MethodNotAvailable', text);
  call.explain(text);
  return { ReturnValue: code };
}

/** What the provider of the class says, or of the nearest superclass whose does. */
function otherMethodsOf({ schema, providers, otherMethods }: ServedNamespace, className: string) {
  for (const { name } of lineage(schema.getClass(className))) {
    const said = providers.get(name)?.otherMethods;
    if (said !== undefined) return said;
  }
  return otherMethods?.(className);
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
