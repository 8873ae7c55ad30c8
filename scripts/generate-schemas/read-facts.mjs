import { readFileSync } from 'node:fs';

/**
 * The facts of one class with everything it has, inherited members included.
 *
 * @typedef {object} ClassFacts
 * @property {string} name
 * @property {string} [superclass]
 * @property {boolean} [abstract]
 * @property {boolean} [association]
 * @property {boolean} [indication]
 * @property {string} [version]
 * @property {string} [namespace] Absent for classes added from the DMTF schema because a documented class needs them.
 * @property {string} documentedAt
 * @property {string} [provider]
 * @property {string} [mof]
 * @property {string} [minimumServer]
 * @property {'microsoft' | 'dmtf'} source
 * @property {Record<string, QualifierFact>} qualifiers
 * @property {PropertyFacts[]} properties
 * @property {MethodFacts[]} methods
 *
 * @typedef {string | number | boolean | string[]} QualifierFact
 *
 * @typedef {object} PropertyFacts
 * @property {string} name
 * @property {string} type A CIM type, `ref`, or `instance`.
 * @property {boolean} [array]
 * @property {boolean} [key]
 * @property {string} [ref]
 * @property {string} [embeddedInstance]
 * @property {boolean} [embeddedObject] An object of any class.
 * @property {boolean} [read] Absent where the documentation does not say, or says it of all.
 * @property {boolean} [write]
 * @property {string[] | undefined} [valueMap]
 * @property {string[] | undefined} [values]
 * @property {string | number | boolean} [default]
 * @property {Record<string, QualifierFact>} [qualifiers]
 *
 * @typedef {object} MethodFacts
 * @property {string} name
 * @property {string} returns A CIM type, `void`, or the class of the returned object.
 * @property {string} [returnedInstance] Set by the exceptions: class of the object that the return value embeds.
 * @property {boolean} [implemented] Documented as overridden (and so implemented) by the provider.
 * @property {boolean} [static]
 * @property {Record<string, string>} [returnValues] Label to code or range of codes.
 * @property {Record<string, string>} [returnCodes] The same the other way round, where labels are not unique.
 * @property {ParameterFacts[]} parameters
 *
 * @typedef {object} ParameterFacts
 * @property {string} name
 * @property {string} type
 * @property {boolean} [array]
 * @property {string} [ref]
 * @property {'in' | 'out' | 'inout'} direction
 * @property {boolean} [required]
 * @property {boolean} [optional]
 * @property {string | number | boolean} [default] What a call without the parameter gives it.
 * @property {string | true} [embeddedInstance]
 * @property {boolean} [embeddedObject]
 * @property {string[]} [valueMap]
 * @property {string[]} [values]
 */

/**
 * Reads the facts, one class per line, superclasses in any order. In a class a member given by its name alone is the
 * superclass's member unchanged; it is put in its place here, so that every class comes out complete.
 *
 * @param {string} path
 * @returns {Map<string, ClassFacts>} In the order of the file.
 */
export function readFacts(path) {
  /** @type {Map<string, ClassFacts>} */
  const stored = new Map();
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line === '') continue;
    const facts = JSON.parse(line);
    stored.set(facts.name, facts);
  }
  /** @type {Map<string, ClassFacts>} */
  const complete = new Map();
  for (const name of stored.keys()) completeClass(name, stored, complete);
  return new Map([...stored.keys()].map((name) => [name, known(complete, name)]));
}

/**
 * @param {string} name
 * @param {Map<string, ClassFacts>} stored
 * @param {Map<string, ClassFacts>} complete
 * @returns {ClassFacts}
 */
function completeClass(name, stored, complete) {
  const done = complete.get(name);
  if (done) return done;
  const facts = known(stored, name);
  const superclass = facts.superclass === undefined ? undefined : completeClass(facts.superclass, stored, complete);
  const result = {
    ...facts,
    qualifiers: facts.qualifiers ?? {},
    properties: (facts.properties ?? []).map((property) => complementMember(property, superclass?.properties, name)),
    methods: (facts.methods ?? []).map((method) => complementMember(method, superclass?.methods, name)),
  };
  complete.set(name, result);
  return result;
}

/**
 * @template {{ name: string }} T
 * @param {T | string} member
 * @param {T[] | undefined} inherited
 * @param {string} className
 * @returns {T}
 */
function complementMember(member, inherited, className) {
  if (typeof member !== 'string') return member;
  const found = inherited?.find((candidate) => candidate.name === member);
  if (!found) throw new Error(`facts: ${className} inherits ${member}, which its superclass does not have`);
  return found;
}

/**
 * @template T
 * @param {ReadonlyMap<string, T>} map
 * @param {string} name
 * @returns {T}
 */
export function known(map, name) {
  const found = map.get(name);
  if (!found) throw new Error(`facts: unknown class ${name}`);
  return found;
}
