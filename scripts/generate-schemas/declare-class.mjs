/**
 * @typedef {import('./read-facts.mjs').ClassFacts} ClassFacts
 * @typedef {import('./read-facts.mjs').PropertyFacts} PropertyFacts
 * @typedef {import('./read-facts.mjs').MethodFacts} MethodFacts
 * @typedef {import('./read-facts.mjs').ParameterFacts} ParameterFacts
 * @typedef {import('./read-facts.mjs').QualifierFact} QualifierFact
 */

/**
 * A class as its MOF says it: only what it declares or changes.
 *
 * @typedef {object} ClassText
 * @property {string} name
 * @property {string | undefined} superclass
 * @property {[string, QualifierFact][]} qualifiers
 * @property {ElementText[]} properties
 * @property {(ElementText & { parameters: ElementText[] })[]} methods
 *
 * @typedef {object} ElementText
 * @property {string} name
 * @property {string} type A CIM type, or `CLASS REF`.
 * @property {boolean} array
 * @property {string | number | boolean | null | undefined} default null: `= NULL`; undefined: none written.
 * @property {[string, QualifierFact][]} qualifiers
 */

/** Qualifiers of flavor Restricted: an override that keeps them says so again. */
const restricted = new Set(['Deprecated', 'Experimental']);

/**
 * @param {ClassFacts} facts
 * @param {ClassFacts | undefined} superclass
 * @returns {ClassText}
 */
export function declareClass(facts, superclass) {
  const inheritedProperties = byName(superclass?.properties);
  const inheritedMethods = byName(superclass?.methods);
  return {
    name: facts.name,
    superclass: facts.superclass,
    qualifiers: classQualifiers(facts),
    properties: facts.properties
      .filter((property) => !sameProperty(property, inheritedProperties.get(property.name)))
      .map((property) => declareProperty(property, inheritedProperties.get(property.name))),
    methods: facts.methods
      .filter((method) => method.implemented || !sameMember(method, inheritedMethods.get(method.name)))
      .map((method) => declareMethod(method, inheritedMethods.get(method.name))),
  };
}

/**
 * Association comes first, as the grammar of DSP0004 Annex A wants it.
 *
 * @param {ClassFacts} facts
 * @returns {[string, QualifierFact][]}
 */
function classQualifiers(facts) {
  return present([
    ['Association', facts.association],
    ['Abstract', facts.abstract],
    ['Indication', facts.indication],
    ['Version', facts.version],
    ...Object.entries(facts.qualifiers),
  ]);
}

/**
 * @param {PropertyFacts} property
 * @param {PropertyFacts | undefined} inherited
 * @returns {ElementText}
 */
function declareProperty(property, inherited) {
  const { Override: _, ...stated } = property.qualifiers ?? {};
  return {
    name: property.name,
    type: typeText(property),
    array: property.array ?? false,
    default: property.default ?? (inherited?.default === undefined ? undefined : null),
    qualifiers: present([
      ['Key', property.key && !inherited?.key],
      ['Override', inherited && property.name],
      ['Read', changed(property.read, inherited?.read)],
      ...writeQualifier(property, inherited),
      ['EmbeddedInstance', changed(property.embeddedInstance, inherited?.embeddedInstance)],
      ['EmbeddedObject', changed(property.embeddedObject, inherited?.embeddedObject)],
      ...Object.entries(stated).filter(
        ([name, value]) => restricted.has(name) || !same(value, inherited?.qualifiers?.[name]),
      ),
      ['ValueMap', changed(property.valueMap, inherited?.valueMap)],
      ['Values', changed(property.values, inherited?.values)],
    ]),
  };
}

/**
 * @param {PropertyFacts} property
 * @param {PropertyFacts | undefined} inherited
 * @returns {[string, QualifierFact | undefined][]}
 */
function writeQualifier(property, inherited) {
  const write = property.write ?? false;
  return write === (inherited?.write ?? false) ? [] : [['Write', write]];
}

/**
 * An override repeats the whole signature, as its parameters are its own.
 *
 * @param {MethodFacts} method
 * @param {MethodFacts | undefined} inherited
 */
function declareMethod(method, inherited) {
  const { codes, labels } = returnMap(method);
  return {
    name: method.name,
    type: method.returns,
    array: false,
    default: undefined,
    qualifiers: present([
      ['Override', inherited && method.name],
      ['Static', method.static && !inherited?.static],
      ['Implemented', method.implemented],
      ['EmbeddedInstance', method.returnedInstance],
      ['ValueMap', codes],
      ['Values', labels],
    ]),
    parameters: method.parameters.map(declareParameter),
  };
}

/**
 * @param {MethodFacts} method
 * @returns {{ codes: string[] | undefined; labels: string[] | undefined }}
 */
export function returnMap({ returnValues, returnCodes }) {
  if (returnCodes) return { codes: Object.keys(returnCodes), labels: Object.values(returnCodes) };
  return { codes: returnValues && Object.values(returnValues), labels: returnValues && Object.keys(returnValues) };
}

/**
 * @param {ParameterFacts} parameter
 * @returns {ElementText}
 */
function declareParameter(parameter) {
  return {
    name: parameter.name,
    type: typeText(parameter),
    array: parameter.array ?? false,
    default: parameter.default,
    qualifiers: [
      ...(parameter.required ? present([['Required', true]]) : []),
      ['In', parameter.direction !== 'out'],
      ...present([
        ['Out', parameter.direction !== 'in'],
        ['Optional', parameter.optional],
        ['EmbeddedInstance', parameter.embeddedInstance],
        ['EmbeddedObject', parameter.embeddedObject],
        ['ValueMap', parameter.valueMap],
        ['Values', parameter.values],
      ]),
    ],
  };
}

/** @param {{ type: string; ref?: string | undefined }} element */
function typeText(element) {
  return element.type === 'ref' ? `${element.ref} REF` : element.type;
}

/**
 * Override marks of the pages are repeated on inherited properties, so they say nothing here.
 *
 * @param {PropertyFacts} property
 * @param {PropertyFacts | undefined} inherited
 */
function sameProperty(property, inherited) {
  if (!inherited) return false;
  /** @param {PropertyFacts} facts */
  const plain = ({ qualifiers: { Override: _, ...qualifiers } = {}, ...rest }) => ({ ...rest, qualifiers });
  return same(plain(property), plain(inherited));
}

/**
 * @param {MethodFacts} method
 * @param {MethodFacts | undefined} inherited
 */
function sameMember(method, inherited) {
  return inherited !== undefined && same({ ...method, implemented: false }, { ...inherited, implemented: false });
}

/**
 * @template T
 * @param {T | undefined} value
 * @param {T | undefined} inherited
 */
function changed(value, inherited) {
  return same(value, inherited) ? undefined : value;
}

/**
 * @param {unknown} a
 * @param {unknown} b
 */
function same(a, b) {
  return canonical(a) === canonical(b);
}

/** @param {unknown} value */
function canonical(value) {
  return JSON.stringify(value, (_key, part) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/**
 * @param {[string, QualifierFact | undefined][]} qualifiers
 * @returns {[string, QualifierFact][]}
 */
function present(qualifiers) {
  return qualifiers.flatMap(([name, value]) =>
    value === undefined || (value === false && name !== 'Write' && name !== 'Read')
      ? []
      : [/** @type {[string, QualifierFact]} */ ([name, value])],
  );
}

/**
 * @template {{ name: string }} T
 * @param {T[] | undefined} members
 * @returns {Map<string, T>}
 */
function byName(members) {
  return new Map((members ?? []).map((member) => [member.name, member]));
}
