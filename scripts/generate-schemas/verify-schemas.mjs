import { returnMap } from './declare-class.mjs';
import { readMof } from './read-mof.mjs';
import { resolveClasses } from './resolve-classes.mjs';

/**
 * @typedef {import('./read-facts.mjs').ClassFacts} ClassFacts
 * @typedef {import('./read-facts.mjs').PropertyFacts} PropertyFacts
 * @typedef {import('./read-facts.mjs').MethodFacts} MethodFacts
 * @typedef {import('./read-mof.mjs').Element} Element
 * @typedef {import('./read-mof.mjs').Member} Member
 * @typedef {import('./resolve-classes.mjs').ResolvedClass} ResolvedClass
 */

/**
 * Reads MOF files back, resolves inheritance and compares each class with its facts.
 *
 * @param {string} entryFile
 * @param {Map<string, ClassFacts>} facts With exceptions applied.
 * @returns {string[]} One line per difference.
 */
export function verifySchemas(entryFile, facts) {
  const { classes, problems } = resolveClasses(readMof(entryFile));
  /** @type {Map<string, ResolvedClass[]>} */
  const found = new Map();
  for (const resolved of classes.values()) {
    const { name } = resolved.declaration;
    found.set(name, [...(found.get(name) ?? []), resolved]);
  }
  const differences = [...facts.values()].flatMap((wanted) => verifyPlaces(wanted, found.get(wanted.name) ?? []));
  return [...problems, ...differences];
}

/**
 * A class that two namespaces need is the same in both, and it is at least where its page puts it.
 *
 * @param {ClassFacts} wanted
 * @param {ResolvedClass[]} places
 */
function verifyPlaces(wanted, places) {
  const namespace = wanted.namespace?.toLowerCase();
  const isPlaced = places.some(({ declaration }) => !namespace || declaration.namespace.toLowerCase() === namespace);
  const missing = isPlaced ? [] : [`${wanted.name}: not declared in ${wanted.namespace ?? 'any namespace'}`];
  return [...missing, ...places.flatMap((place) => compareClass(wanted, place))];
}

/**
 * @param {ClassFacts} wanted
 * @param {ResolvedClass} found
 */
function compareClass(wanted, { declaration, members }) {
  const { name, qualifiers } = declaration;
  const properties = [...members.values()].filter((member) => member.parameters === undefined);
  const methods = [...members.values()].filter((member) => member.parameters !== undefined);
  return [
    ...compare(name, 'superclass', wanted.superclass, declaration.superclass),
    ...compare(name, 'abstract', wanted.abstract ?? false, qualifiers.get('abstract') ?? false),
    ...compare(name, 'association', wanted.association ?? false, qualifiers.get('association') ?? false),
    ...compare(name, 'indication', wanted.indication ?? false, qualifiers.get('indication') ?? false),
    ...compare(name, 'version', wanted.version, qualifiers.get('version')),
    ...Object.entries(wanted.qualifiers).flatMap(([key, value]) =>
      compare(name, key, value, qualifiers.get(key.toLowerCase())),
    ),
    ...compare(name, 'properties', sortedNames(wanted.properties), sortedNames(properties)),
    ...compare(name, 'methods', sortedNames(wanted.methods), sortedNames(methods)),
    ...wanted.properties.flatMap((property) => compareProperty(`${name}.${property.name}`, property, members)),
    ...wanted.methods.flatMap((method) => compareMethod(`${name}.${method.name}`, method, members)),
  ];
}

/**
 * @param {string} place
 * @param {PropertyFacts} wanted
 * @param {Map<string, Member>} members
 */
function compareProperty(place, wanted, members) {
  const found = members.get(wanted.name);
  if (!found) return [];
  const { Override: _, ...stated } = wanted.qualifiers ?? {};
  return [
    ...compareElement(place, wanted, found),
    ...compare(place, 'default', wanted.default ?? null, found.default ?? null),
    ...compare(place, 'key', wanted.key ?? false, found.qualifiers.get('key') ?? false),
    ...compare(place, 'read', wanted.read, found.qualifiers.get('read')),
    ...compare(place, 'write', wanted.write ?? false, found.qualifiers.get('write') ?? false),
    ...Object.entries(stated).flatMap(([key, value]) =>
      compare(place, key, value, found.qualifiers.get(key.toLowerCase())),
    ),
  ];
}

/**
 * @param {string} place
 * @param {MethodFacts} wanted
 * @param {Map<string, Member>} members
 */
function compareMethod(place, wanted, members) {
  const found = members.get(wanted.name);
  if (!found?.parameters) return [];
  const { codes, labels } = returnMap(wanted);
  const parameters = new Map(found.parameters.map((parameter) => [parameter.name, parameter]));
  return [
    ...compareElement(
      place,
      {
        type: wanted.returns,
        embeddedInstance: wanted.returnedInstance,
        valueMap: codes,
        values: labels,
      },
      found,
    ),
    ...compare(place, 'static', wanted.static ?? false, found.qualifiers.get('static') ?? false),
    ...compare(place, 'implemented', wanted.implemented ?? false, found.qualifiers.get('implemented') ?? false),
    ...compare(place, 'parameters', wanted.parameters.map(nameOf), found.parameters.map(nameOf)),
    ...wanted.parameters.flatMap((parameter) => {
      const same = parameters.get(parameter.name);
      return same ? compareParameter(`${place}(${parameter.name})`, parameter, same) : [];
    }),
  ];
}

/**
 * @param {string} place
 * @param {import('./read-facts.mjs').ParameterFacts} wanted
 * @param {Element} found
 */
function compareParameter(place, wanted, found) {
  const { qualifiers } = found;
  return [
    ...compareElement(place, wanted, found),
    ...compare(place, 'in', wanted.direction !== 'out', qualifiers.get('in')),
    ...compare(place, 'out', wanted.direction !== 'in', qualifiers.get('out') ?? false),
    ...compare(place, 'required', wanted.required ?? false, qualifiers.get('required') ?? false),
    ...compare(place, 'optional', wanted.optional ?? false, qualifiers.get('optional') ?? false),
    ...compare(place, 'default', wanted.default, found.default),
  ];
}

/**
 * @param {string} place
 * @param {{ type: string; ref?: string; array?: boolean; embeddedInstance?: string | true | undefined; embeddedObject?: boolean | undefined; valueMap?: string[] | undefined; values?: string[] | undefined }} wanted
 * @param {Element} found
 */
function compareElement(place, wanted, found) {
  return [
    ...compare(place, 'type', wanted.type === 'ref' ? `${wanted.ref} REF` : wanted.type, found.type),
    ...compare(place, 'array', wanted.array ?? false, found.array),
    ...compare(place, 'embedded instance', wanted.embeddedInstance, found.qualifiers.get('embeddedinstance')),
    ...compare(
      place,
      'embedded object',
      wanted.embeddedObject ?? false,
      found.qualifiers.get('embeddedobject') ?? false,
    ),
    ...compare(place, 'value map', wanted.valueMap, found.qualifiers.get('valuemap')),
    ...compare(place, 'values', wanted.values, found.qualifiers.get('values')),
  ];
}

/**
 * @param {string} place
 * @param {string} what
 * @param {unknown} wanted
 * @param {unknown} found
 */
function compare(place, what, wanted, found) {
  const [a, b] = [JSON.stringify(wanted), JSON.stringify(found)];
  return a === b ? [] : [`${place}: ${what} is ${b}, the facts say ${a}`];
}

/** @param {{ name: string }[]} elements */
function sortedNames(elements) {
  return elements.map(nameOf).sort();
}

/** @param {{ name: string }} element */
function nameOf(element) {
  return element.name;
}
