import { mayReadInstance } from '../contracts/access.js';
import type { Call } from '../contracts/call.js';
import type { InstanceReader } from '../contracts/instance-store.js';
import type { MethodInput } from '../contracts/provider.js';
import type { HandlerContext, ServedNamespace } from '../create-handler.js';
import { LongWork } from '../long-work.js';
import type { CimMethod } from '../model/cim-class.js';
import { CimError } from '../model/cim-error.js';
import { type CimScalar, type CimValue, isCimArray } from '../model/cim-value.js';
import { InstancePath } from '../model/instance-path.js';
import { shorten } from '../model/shorten.js';
import { resolvePath } from './resolve-path.js';
import { started } from './started.js';

/** References of one array that are asked about at once. */
const ASKED_TOGETHER = 64;

/**
 * Puts the object that is meant in the place of each reference that names a base class of the class declared for its
 * parameter (CIM_System for a CIM_ComputerSystem): the one instance with these keys that is of the declared class. When
 * there is none, the reference names the declared class, and what follows from that is for the provider to say.
 *
 * @throws CimError InvalidParameter when several instances match, TypeMismatch when it is an object of another class, which
 *   the caller may read
 */
export async function narrowReferences(
  context: HandlerContext,
  space: ServedNamespace,
  method: CimMethod,
  input: MethodInput,
  store: InstanceReader,
  call: Call,
): Promise<MethodInput> {
  const work = new LongWork(call.cancellation);
  const mayBeTold = (path: InstancePath) => mayReadInstance(path, call.access?.permissions, context.namespaces);
  const narrow = async (name: string, value: CimValue): Promise<readonly [string, CimValue]> => {
    const declared = method.parameters.get(name)?.type.referenceClass;
    const narrowOne = async (one: CimScalar | null) =>
      declared !== undefined && one instanceof InstancePath
        ? narrowReference(one, { name, declared }, findPlace(context, space, one), store, mayBeTold)
        : one;
    return [name, isCimArray(value) ? await inTurns(value, narrowOne, work) : await narrowOne(value)];
  };
  const narrowing: Promise<readonly [string, CimValue]>[] = [];
  for (const [name, value] of Object.entries(input)) {
    if (value !== undefined) narrowing.push(started(narrow(name, value)));
  }
  const narrowed: Record<string, CimValue> = {};
  for (const one of narrowing) {
    const [name, value] = await one;
    narrowed[name] = value;
  }
  return narrowed;
}

/** What becomes of the members of an array, so many at once, with others answered in between. */
async function inTurns<T, R>(
  members: readonly T[],
  convert: (member: T) => Promise<R>,
  work: LongWork,
): Promise<readonly R[]> {
  const converted: R[] = [];
  for (let from = 0; from < members.length; from += ASKED_TOGETHER) {
    if (work.isDueNow()) await work.pause();
    converted.push(...(await Promise.all(members.slice(from, from + ASKED_TOGETHER).map(convert))));
  }
  return converted;
}

async function narrowReference(
  path: InstancePath,
  { name, declared }: { readonly name: string; readonly declared: string },
  place: ServedNamespace | undefined,
  store: InstanceReader,
  mayBeTold: (path: InstancePath) => boolean,
): Promise<InstancePath> {
  if (!place || place.schema.isA(path.className, declared)) return path;
  const found = await resolvePath(path, place.name, place.schema, store, declared);
  if (found?.path) return found.path;
  const other = await resolvePath(path, place.name, place.schema, store);
  if (!other?.path || !mayBeTold(other.path))
    return new InstancePath({ host: path.host, namespace: place.name, className: declared, keys: path.keys });
  const problem = `a reference to a ${shorten(other.className)} was given where ${declared} is wanted`;
  throw new CimError('TypeMismatch', `Parameter ${name}: ${problem}.`);
}

function findPlace(context: HandlerContext, space: ServedNamespace, path: InstancePath): ServedNamespace | undefined {
  return path.namespace === undefined ? space : context.namespaces.findNamespace(path.namespace);
}
