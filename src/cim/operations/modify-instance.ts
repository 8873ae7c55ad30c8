import type { Call } from '../contracts/call.js';
import type { InstanceContext } from '../contracts/provider.js';
import type { HandlerContext, ServedNamespace } from '../create-handler.js';
import { booleanQualifier, type CimClass, type CimProperty } from '../model/cim-class.js';
import { CimError } from '../model/cim-error.js';
import type { CimInstance } from '../model/cim-instance.js';
import type { CimValue } from '../model/cim-value.js';
import { comparisonKey } from '../model/comparison-key.js';
import type { InstancePath } from '../model/instance-path.js';
import { NameMap, sameName } from '../model/name-map.js';
import { sameValue } from '../model/same-value.js';
import { callProvider } from './call-provider.js';
import { checkLength, checkProperty, getProperty } from './check-property.js';
import { checkProvided } from './check-provided.js';
import { deriveValues } from './derive-values.js';
import { type Allowing, findInstanceRule } from './find-instance-rule.js';
import { notFound, spaceOf } from './get-instance.js';
import { resolveReference } from './resolve-reference.js';
import { writeInstances } from './write-instances.js';

interface Subject {
  readonly before: CimInstance;
  readonly cimClass: CimClass;
  readonly rule: Allowing<'modify'>;
}

/**
 * ModifyInstance (DSP0223 §7.4.4) with the properties to change. Keys and read-only properties may be among them with the
 * values they have: clients send back what they got.
 *
 * @throws CimError as {@link CimOperations.ModifyInstance} says
 */
export async function modifyInstance(
  broker: HandlerContext,
  path: InstancePath,
  changes: NameMap<CimValue>,
  call: Call,
): Promise<CimInstance> {
  const space = spaceOf(broker, path);
  space.schema.getClass(path.className);
  const stored = await modifyStored(broker, space, path, changes, call);
  return space.derivations.isEmpty ? stored : deriveValues(broker, space, stored, call);
}

function modifyStored(
  broker: HandlerContext,
  space: ServedNamespace,
  path: InstancePath,
  given: NameMap<CimValue>,
  call: Call,
): Promise<CimInstance> {
  return writeInstances(broker, space, call, async (context) => {
    const before = await context.resolve(path);
    if (!before?.path) throw notFound(path);
    const cimClass = context.schema.getClass(before.className);
    const changes = withoutDerived(space, cimClass, given);
    // Who sends back what it got changes nothing, and needs no rule that allows it.
    if (isUnchanged(before, cimClass, changes, context)) return before;
    const rule = findInstanceRule(space, cimClass, 'modify');
    const changed = await findChanges(broker, { before, cimClass, rule }, changes, context, call);
    if (changed.length === 0) return before;
    const draft = before.with(Object.fromEntries(changed));
    const after =
      typeof rule === 'function' ? await callProvider(cimClass.name, () => rule(draft, before, context)) : draft;
    if (after !== draft) checkProvided(after, cimClass);
    const stored = after.at(before.path);
    await context.store.put(stored);
    return stored;
  });
}

/**
 * Who sends back a whole instance sends values that were derived for it, and have become others since.
 *
 * @throws CimError InvalidParameter for who wants to write such a property: who names it without the keys of the instance
 */
function withoutDerived(
  { derivations }: ServedNamespace,
  cimClass: CimClass,
  given: NameMap<CimValue>,
): NameMap<CimValue> {
  const derived = derivations.of(cimClass.name);
  if (derived.size === 0) return given;
  const isWhole = cimClass.keys.every(({ name }) => given.has(name));
  const changes = new NameMap<CimValue>();
  for (const [name, value] of given) {
    if (!derived.has(name)) changes.set(name, value);
    else if (!isWhole)
      throw new CimError('InvalidParameter', `Property ${name} of class ${cimClass.name} is read-only.`);
  }
  return changes;
}

function isUnchanged(
  before: CimInstance,
  cimClass: CimClass,
  changes: NameMap<CimValue>,
  context: InstanceContext,
): boolean {
  for (const [name, given] of changes) {
    const property = cimClass.properties.get(name);
    if (!property || !isSame(property, before.get(property.name), given, context)) return false;
  }
  return true;
}

/** What differs from the present values, checked. */
async function findChanges(
  broker: HandlerContext,
  { before, cimClass, rule }: Subject,
  changes: NameMap<CimValue>,
  context: InstanceContext,
  call: Call,
): Promise<readonly (readonly [string, CimValue])[]> {
  const changed: (readonly [string, CimValue])[] = [];
  for (const [name, given] of changes) {
    const property = getProperty(cimClass, name);
    checkProperty(property, given, context.schema);
    const present = before.get(property.name);
    if (isSame(property, present, given, context)) continue;
    checkLength(property, given, context.schema);
    const value = await resolveReference(broker, property, given, context, call);
    if (isSame(property, present, value, context)) continue;
    if (!isWritable(property, rule)) {
      const reason = property.isKey ? 'is a key' : 'is read-only';
      throw new CimError('InvalidParameter', `Property ${property.name} of class ${cimClass.name} ${reason}.`);
    }
    changed.push([property.name, value]);
  }
  return changed;
}

/** Keys are the same in any case of their letters, as paths are. */
function isSame({ isKey }: CimProperty, a: CimValue, b: CimValue, { namespace }: InstanceContext): boolean {
  if (sameValue(a, b, namespace)) return true;
  const key = isKey ? comparisonKey(a) : undefined;
  return key !== undefined && key !== null && key === comparisonKey(b);
}

function isWritable(property: CimProperty, rule: Allowing<'modify'>): boolean {
  if (property.isKey) return false;
  if (rule === true) return booleanQualifier(property, 'Write');
  return typeof rule === 'function' || rule.some((name) => sameName(name, property.name));
}
