import type { Call } from '../contracts/call.js';
import type { CimOperationOf } from '../contracts/cim-operation.js';
import type { HandlerContext, ServedNamespace } from '../create-handler.js';
import { LongWork } from '../long-work.js';
import type { CimProperty } from '../model/cim-class.js';
import type { CimInstance } from '../model/cim-instance.js';
import type { CimValue } from '../model/cim-value.js';
import { comparisonKey } from '../model/comparison-key.js';
import { type CimKeyValue, InstancePath } from '../model/instance-path.js';
import { isKeyValue } from '../model/is-key-value.js';
import { sameValue } from '../model/same-value.js';
import type { Schema } from '../schema/schema.js';
import { askFor } from './ask-for.js';
import { getProperty } from './check-property.js';
import { deriveAll } from './derive-values.js';

/** When an equality leaves no more than this, nothing is gained by trying the next one. */
const FEW = 16;

interface Search {
  readonly namespace: string;
  readonly schema: Schema;
  readonly className: string;
  readonly equalities: readonly (readonly [CimProperty, CimValue])[];
  /** Whether the instances of a class hold the property's value, so that an index may know it. */
  isStored(className: string, property: CimProperty): boolean;
}

/**
 * Finds instances of a class and its subclasses without a scan: by all keys, or by the equality that leaves the fewest.
 *
 * @throws CimError as {@link CimOperations.FindInstances} says
 */
export async function findInstances(
  context: HandlerContext,
  { namespace, className, equalities: values }: CimOperationOf<'FindInstances'>,
  call: Call,
): Promise<readonly CimInstance[] | undefined> {
  const space = context.namespaces.getNamespace(namespace);
  const { name, schema } = space;
  const cimClass = schema.getClass(className);
  const equalities = Array.from(values, ([property, value]) => [getProperty(cimClass, property), value] as const);
  const search: Search = { namespace: name, schema, className: cimClass.name, equalities, isStored: isStoredIn(space) };
  const asked = await askFor(context, space, cimClass.name, values, call);
  const shown = asked === 'stored' ? await findStored(context, space, search, call) : asked ? [asked] : [];
  if (!shown) return undefined;
  return new LongWork(call.cancellation).filter(shown, (instance) =>
    equalities.every(([property, value]) => equalsValue(instance.get(property.name), value, name)),
  );
}

async function findStored(context: HandlerContext, space: ServedNamespace, search: Search, call: Call) {
  const found = (await findByKeys(context, search)) ?? (await findByIndex(context, search));
  if (!found || space.derivations.isEmpty) return found;
  return deriveAll(context, space, found, call);
}

/** Undefined unless every key has a value. References are found by who holds them, however they are written. */
async function findByKeys(context: HandlerContext, search: Search): Promise<readonly CimInstance[] | undefined> {
  const { schema, className, namespace } = search;
  const keys: [string, CimKeyValue][] = [];
  for (const { name } of schema.getClass(className).keys) {
    const [, value = null] = search.equalities.find(([property]) => property.name === name) ?? [];
    if (!isKeyValue(value) || value instanceof InstancePath) return undefined;
    keys.push([name, value]);
  }
  if (keys.length === 0) return undefined;
  const { canonicalKeys } = new InstancePath({ className, keys });
  const found = await context.store.findByKeys(namespace, canonicalKeys);
  return found.filter((instance) => schema.isA(instance.className, className));
}

async function findByIndex(context: HandlerContext, search: Search): Promise<readonly CimInstance[] | undefined> {
  const { namespace, schema, className } = search;
  const classNames = Array.from(schema.withSubclasses(className), ({ name }) => name);
  let fewest: readonly CimInstance[] | undefined;
  for (const [property, value] of search.equalities) {
    if (!isKeyValue(value) || !isIndexed(property)) continue;
    if (!classNames.every((one) => search.isStored(one, property))) continue;
    const found = await context.store.findEqual(namespace, classNames, property.name, value);
    if (!found || (fewest && fewest.length <= found.length)) continue;
    fewest = found;
    if (fewest.length <= FEW) break;
  }
  return fewest;
}

function isStoredIn({ derivations }: ServedNamespace): Search['isStored'] {
  return derivations.isEmpty ? () => true : (className, { name }) => !derivations.of(className).has(name);
}

function isIndexed({ type }: CimProperty): boolean {
  const isReal = type.name === 'real32' || type.name === 'real64';
  return !type.array && !type.embedded && !isReal && type.name !== 'datetime';
}

function equalsValue(a: CimValue, b: CimValue, namespace: string): boolean {
  const key = comparisonKey(a);
  return key === undefined || key === null ? sameValue(a, b, namespace) : key === comparisonKey(b);
}
