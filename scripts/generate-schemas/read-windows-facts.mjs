import { readFileSync } from 'node:fs';
import { known } from './read-facts.mjs';
import { applyWindowsExceptions } from './windows-exceptions.mjs';

/**
 * @typedef {import('./read-facts.mjs').ClassFacts} ClassFacts
 * @typedef {import('./read-facts.mjs').PropertyFacts} PropertyFacts
 * @typedef {import('./read-facts.mjs').MethodFacts} MethodFacts
 *
 * @typedef {Omit<ClassFacts, 'namespace'> & { namespace: string | string[] }} StoredFacts What a line holds: of the
 *   members of a class those that it declares or changes.
 *
 * @typedef {object} WindowsFacts
 * @property {ReadonlyMap<string, ReadonlyMap<string, ClassFacts>>} namespaces Those that have classes of their own, and
 *   their classes with everything that they have, system classes among them.
 * @property {ReadonlyMap<string, ClassFacts>} system The classes of every namespace.
 * @property {{ name: string; count: number }[]} applied Exceptions, and how often each was needed.
 */

/** Stands for every namespace. */
const EVERYWHERE = '*';

/**
 * Reads the facts of Windows' classes: one class per line, superclasses in any order, `namespace` a name, a list of
 * names, or `*` for every namespace. A line says what the class adds to its superclass: a member that has the name of an
 * inherited one changes what it says of it.
 *
 * @param {string} path
 * @param {ReadonlyMap<string, ClassFacts>} common Classes of every namespace that have their facts elsewhere.
 * @returns {WindowsFacts}
 */
export function readWindowsFacts(path, common) {
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  const { facts, applied } = applyWindowsExceptions(lines.map((line) => /** @type {StoredFacts} */ (JSON.parse(line))));
  const names = new Set(facts.flatMap(({ namespace }) => namespace).filter((name) => name !== EVERYWHERE));
  const classesOf = (/** @type {string} */ namespace) => {
    const own = facts.filter((one) => [one.namespace].flat().some((name) => name === namespace || name === EVERYWHERE));
    return completeAll(new Map(own.map((one) => [one.name, one])), common);
  };
  return {
    namespaces: new Map([...names].map((name) => [name, classesOf(name)])),
    system: classesOf(EVERYWHERE),
    applied,
  };
}

/**
 * @param {ReadonlyMap<string, StoredFacts>} stored
 * @param {ReadonlyMap<string, ClassFacts>} common
 */
function completeAll(stored, common) {
  /** @type {Map<string, ClassFacts>} */
  const complete = new Map(common);
  for (const name of stored.keys()) completeClass(name, stored, complete);
  return complete;
}

/**
 * @param {string} name
 * @param {ReadonlyMap<string, StoredFacts>} stored
 * @param {Map<string, ClassFacts>} complete
 * @returns {ClassFacts}
 */
function completeClass(name, stored, complete) {
  const done = complete.get(name);
  if (done) return done;
  const { namespace: _, ...facts } = known(new Map(stored), name);
  const superclass = facts.superclass === undefined ? undefined : completeClass(facts.superclass, stored, complete);
  const result = {
    ...facts,
    qualifiers: facts.qualifiers ?? {},
    properties: joinMembers(superclass?.properties, facts.properties),
    methods: joinMembers(superclass?.methods, facts.methods),
  };
  complete.set(name, result);
  return result;
}

/**
 * @template {PropertyFacts | MethodFacts} T
 * @param {readonly T[]} inherited
 * @param {readonly T[]} own
 * @returns {T[]} Those of the superclass first, changed in their place.
 */
function joinMembers(inherited = [], own) {
  const byName = new Map(own.map((member) => [member.name, member]));
  const kept = inherited.map((member) => {
    const changed = byName.get(member.name);
    byName.delete(member.name);
    return changed
      ? { ...member, ...changed, ...joinQualifiers(member, changed), ...joinMaps(member, changed) }
      : member;
  });
  return [...kept, ...byName.values()];
}

/**
 * A parameter of an overriding method has the value map of the overridden one unless it says another (ToSubclass).
 *
 * @param {PropertyFacts | MethodFacts} member
 * @param {PropertyFacts | MethodFacts} changed
 */
function joinMaps(member, changed) {
  if (!('parameters' in member) || !('parameters' in changed)) return {};
  const parameters = changed.parameters.map((parameter) => {
    const { valueMap, values } = member.parameters.find(({ name }) => name === parameter.name) ?? {};
    return valueMap === undefined ? parameter : { valueMap, values, ...parameter };
  });
  return { parameters };
}

/** @param {...(PropertyFacts | MethodFacts)} members */
function joinQualifiers(...members) {
  const qualifiers = Object.assign({}, ...members.map((member) => ('qualifiers' in member ? member.qualifiers : {})));
  return Object.keys(qualifiers).length === 0 ? {} : { qualifiers };
}
