import type { Call } from '../contracts/call.js';
import type { InstanceContext } from '../contracts/provider.js';
import type { HandlerContext } from '../create-handler.js';
import { booleanQualifier, type CimClass, type CimProperty } from '../model/cim-class.js';
import { CimError } from '../model/cim-error.js';
import type { CimInstance } from '../model/cim-instance.js';
import type { CimValue } from '../model/cim-value.js';
import { comparisonKey } from '../model/comparison-key.js';
import type { InstancePath } from '../model/instance-path.js';
import { type NameMap, sameName } from '../model/name-map.js';
import { sameValue } from '../model/same-value.js';
import { callProvider } from './call-provider.js';
import { checkLength, checkProperty, getProperty } from './check-property.js';
import { checkProvided } from './check-provided.js';
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
  return writeInstances(broker, space, call, async (context) => {
    const before = await context.resolve(path);
    if (!before?.path) throw notFound(path);
    const cimClass = context.schema.getClass(before.className);
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
