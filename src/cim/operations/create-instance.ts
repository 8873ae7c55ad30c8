import { mayReadInstance } from '../contracts/access.js';
import type { Call } from '../contracts/call.js';
import type { Namespace } from '../contracts/namespaces.js';
import type { InstanceContext } from '../contracts/provider.js';
import type { HandlerContext } from '../create-handler.js';
import { type CimClass, lineage } from '../model/cim-class.js';
import { CimError } from '../model/cim-error.js';
import { CimInstance } from '../model/cim-instance.js';
import type { CimValue } from '../model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../model/instance-path.js';
import { isKeyValue } from '../model/is-key-value.js';
import { MissingValueError } from '../model/missing-value-error.js';
import { type NameMap, sameName } from '../model/name-map.js';
import { shorten } from '../model/shorten.js';
import type { Schema } from '../schema/schema.js';
import { callProvider } from './call-provider.js';
import { checkLength, checkProperty, getProperty } from './check-property.js';
import { checkProvided } from './check-provided.js';
import { findInstanceRule } from './find-instance-rule.js';
import { resolveReference } from './resolve-reference.js';
import { writeInstances } from './write-instances.js';

/**
 * CreateInstance (DSP0223 §7.4.2). Properties left out get the defaults of the class; one that is NULL stays NULL.
 *
 * @throws CimError as {@link CimOperations.CreateInstance} says
 */
export async function createInstance(
  broker: HandlerContext,
  namespace: string,
  given: CimInstance,
  call: Call,
): Promise<InstancePath> {
  const space = broker.namespaces.getNamespace(namespace);
  const cimClass = getCreatableClass(space, given.className);
  const rule = findInstanceRule(space, cimClass, 'create');
  return writeInstances(broker, space, call, async (context) => {
    const draft = await fillIn(broker, cimClass, given, context, call, space.derivations.of(cimClass.name));
    const completed =
      typeof rule === 'function' ? await callProvider(cimClass.name, () => rule(draft, context)) : draft;
    if (completed !== draft) checkProvided(completed, cimClass);
    const path = new InstancePath({
      namespace: space.name,
      className: cimClass.name,
      keys: keysOf(completed, cimClass),
    });
    await checkIsNew(path, cimClass, context, (other) =>
      mayReadInstance(other, call.access?.permissions, broker.namespaces),
    );
    await context.store.put(completed.at(path));
    return path;
  });
}

/** The class of instances that are stored. @throws CimError InvalidClass, NotSupported */
export function getCreatableClass({ schema }: Pick<Namespace, 'schema'>, className: string): CimClass {
  const cimClass = schema.getClass(className);
  const { name, isAbstract, isIndication, keys } = cimClass;
  if (isAbstract) throw new CimError('NotSupported', `Class ${name} is abstract: instances are of its subclasses.`);
  if (isIndication) throw new CimError('NotSupported', `Instances of the indication ${name} are events, not stored.`);
  if (keys.length === 0) throw new CimError('NotSupported', `Class ${name} has no keys: its instances are embedded.`);
  return cimClass;
}

/** In the order of the class, whatever order the client has. What is derived is not stored. */
async function fillIn(
  broker: HandlerContext,
  cimClass: CimClass,
  given: CimInstance,
  context: InstanceContext,
  call: Call,
  derived: NameMap<unknown>,
): Promise<CimInstance> {
  for (const [name, value] of given.properties) {
    const property = getProperty(cimClass, name);
    checkProperty(property, value, context.schema);
    checkLength(property, value, context.schema);
  }
  const properties: [string, CimValue][] = [];
  for (const property of cimClass.properties.values()) {
    const value = given.properties.has(property.name) ? given.get(property.name) : property.defaultValue;
    if (value === undefined || derived.has(property.name)) continue;
    properties.push([property.name, await resolveReference(broker, property, value, context, call)]);
  }
  return new CimInstance(cimClass.name, properties);
}

/** @throws MissingValueError */
export function keysOf(instance: CimInstance, cimClass: CimClass): [string, CimKeyValue][] {
  return cimClass.keys.map(({ name }) => {
    const value = instance.get(name);
    if (isKeyValue(value)) return [name, value];
    throw new MissingValueError(`Key ${name} of class ${cimClass.name} has no value.`);
  });
}

/** @throws CimError AlreadyExists: of another class, it is named to those only who may read it */
async function checkIsNew(
  path: InstancePath,
  cimClass: CimClass,
  { store, schema }: InstanceContext,
  mayBeTold: (other: InstancePath) => boolean,
): Promise<void> {
  const sameKeys = await store.findByKeys(path.namespace ?? '', path.canonicalKeys);
  const other = sameKeys.find(({ className }) => isRival(className, cimClass, schema));
  if (!other) return;
  const named = other.path && mayBeTold(other.path) ? other.path : path;
  throw new CimError('AlreadyExists', `There is already ${shorten(String(named), 500)}.`);
}

/**
 * Keys tell apart the instances of the class that declares them, and of all its subclasses: two with the same keys could
 * not be told apart by a path of that class. Associations are apart by their class as well: two objects may be tied in
 * more than one way.
 */
function isRival(className: string, cimClass: CimClass, schema: Schema): boolean {
  if (cimClass.isAssociation) return sameName(className, cimClass.name);
  let root = cimClass;
  for (const ancestor of lineage(cimClass)) if (ancestor.keys.length > 0) root = ancestor;
  return schema.isA(className, root.name);
}
