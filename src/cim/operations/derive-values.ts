import type { Call } from '../contracts/call.js';
import type { DerivationContext } from '../contracts/provider.js';
import { ProviderError } from '../contracts/provider-error.js';
import type { HandlerContext, ServedNamespace } from '../create-handler.js';
import { findTypeProblem } from '../model/check-value.js';
import { CimInstance } from '../model/cim-instance.js';
import { type CimValue, isCimArray } from '../model/cim-value.js';
import type { Derivation } from '../providers/derivations.js';
import { callProvider } from './call-provider.js';
import { started } from './started.js';

type Handler = Pick<HandlerContext, 'store' | 'namespaces'>;

/**
 * An instance with its derived values, as they are now: the instance itself where its class has none.
 *
 * @param space the namespace that it is most likely in
 * @throws ProviderError for a value that does not fit its property
 */
export async function deriveValues(
  handler: Handler,
  space: ServedNamespace,
  instance: CimInstance,
  call: Call,
): Promise<CimInstance> {
  const its = spaceOfInstance(handler, space, instance);
  if (its.waiting) await its.waiting();
  if (its.derivations.isEmpty) return instance;
  const derivations = its.derivations.of(instance.className);
  if (derivations.size === 0) return instance;
  const context = contextOf(handler, its, call);
  const asked = Array.from(derivations, ([name, derivation]) => ({
    name,
    value: started(derive(derivation, instance, context)),
  }));
  const values: Record<string, CimValue> = {};
  for (const { name, value } of asked) values[name] = await call.cancellation.race(value);
  return instance.with(values);
}

/** The same for several, in their order. Where no class has any, they are what was given. */
export async function deriveAll(
  handler: Handler,
  space: ServedNamespace,
  instances: readonly CimInstance[],
  call: Call,
): Promise<readonly CimInstance[]> {
  if (instances.every((one) => isPlain(handler, space, one))) return instances;
  const asked = instances.map((one) =>
    isPlain(handler, space, one) ? one : started(deriveValues(handler, space, one, call)),
  );
  const all: CimInstance[] = [];
  for (const one of asked) all.push(await one);
  return all;
}

/** Instances that are embedded in a method's answer as they are stored, which their paths say. */
export async function deriveEmbedded(
  handler: Handler,
  space: ServedNamespace,
  value: CimValue,
  call: Call,
): Promise<CimValue> {
  if (isCimArray(value)) {
    const elements: CimValue[] = [];
    for (const one of value) elements.push(await deriveEmbedded(handler, space, one, call));
    return elements as CimValue;
  }
  return value instanceof CimInstance && value.path ? deriveValues(handler, space, value, call) : value;
}

function isPlain(handler: Handler, space: ServedNamespace, instance: CimInstance): boolean {
  const { derivations, waiting } = spaceOfInstance(handler, space, instance);
  if (waiting) return false;
  return derivations.isEmpty || derivations.of(instance.className).size === 0;
}

function spaceOfInstance({ namespaces }: Handler, space: ServedNamespace, { path }: CimInstance): ServedNamespace {
  const namespace = path?.namespace;
  if (namespace === undefined || namespace === space.name) return space;
  return namespaces.findNamespace(namespace) ?? space;
}

function contextOf({ store }: Handler, { name: namespace, schema }: ServedNamespace, call: Call): DerivationContext {
  return { namespace, schema, store, now: () => call.now() };
}

async function derive(
  { property, derive: from }: Derivation,
  instance: CimInstance,
  context: DerivationContext,
): Promise<CimValue> {
  const what = `${instance.className}.${property.name}`;
  const value = await callProvider(what, () => from(instance, context));
  const problem = findTypeProblem(value, property.type);
  if (problem) throw new ProviderError('invalid response', `the derived value of ${what}: ${problem}`);
  return value;
}
