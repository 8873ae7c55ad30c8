/**
 * @typedef {import('./read-mof.mjs').ClassDeclaration} ClassDeclaration
 * @typedef {import('./read-mof.mjs').QualifierDeclaration} QualifierDeclaration
 * @typedef {import('./read-mof.mjs').Element} Element
 * @typedef {import('./read-mof.mjs').Member} Member
 * @typedef {import('./read-mof.mjs').Qualifiers} Qualifiers
 *
 * @typedef {object} ResolvedClass
 * @property {ClassDeclaration} declaration
 * @property {Map<string, Member>} members Effective members by name, with effective qualifiers and defaults.
 */

/**
 * Joins each class with what its superclass hands down, as DSP0004 5.6.1 says.
 *
 * @param {(ClassDeclaration | QualifierDeclaration)[]} declarations
 * @returns {{ classes: Map<string, ResolvedClass>; problems: string[] }} Classes by `namespace:name`.
 */
export function resolveClasses(declarations) {
  /** @type {Map<string, QualifierDeclaration>} */
  const qualifierTypes = new Map();
  /** @type {Map<string, ResolvedClass>} */
  const classes = new Map();
  /** @type {string[]} */
  const problems = [];
  for (const declaration of declarations) {
    if (declaration.kind === 'qualifier') {
      qualifierTypes.set(`${declaration.namespace}:${declaration.name.toLowerCase()}`, declaration);
      continue;
    }
    const { namespace, name, superclass } = declaration;
    problems.push(...checkOrder(declaration, classes));
    const base = classes.get(`${namespace}:${superclass}`);
    /** @param {Qualifiers} own @param {Qualifiers | undefined} inherited @param {string} place */
    const join = (own, inherited, place) =>
      joinQualifiers(own, inherited, (qualifier) => qualifierTypes.get(`${namespace}:${qualifier}`), place, problems);
    classes.set(`${namespace}:${name}`, {
      declaration: { ...declaration, qualifiers: join(declaration.qualifiers, undefined, name) },
      members: resolveMembers(declaration, base, join, problems),
    });
  }
  return { classes, problems: [...problems, ...checkNamedClasses(classes)] };
}

/**
 * A class is declared once, behind its superclass and the classes that its references name.
 *
 * @param {ClassDeclaration} declaration
 * @param {Map<string, ResolvedClass>} before
 */
function checkOrder({ namespace, name, superclass, members }, before) {
  /** @type {string[]} */
  const problems = [];
  if (before.has(`${namespace}:${name}`)) problems.push(`${name}: declared twice in ${namespace}`);
  if (superclass !== undefined && !before.has(`${namespace}:${superclass}`))
    problems.push(`${name}: superclass ${superclass} is not declared before it`);
  for (const { name: role, type, parameters } of members) {
    const named = parameters === undefined ? referencedClass(type) : undefined;
    const isKnown = named === undefined || named === name || before.has(`${namespace}:${named}`);
    if (!isKnown) problems.push(`${name}.${role}: class ${named} is not declared before it`);
  }
  return problems;
}

/**
 * @param {ClassDeclaration} declaration
 * @param {ResolvedClass | undefined} base
 * @param {(own: Qualifiers, inherited: Qualifiers | undefined, place: string) => Qualifiers} join
 * @param {string[]} problems
 */
function resolveMembers(declaration, base, join, problems) {
  const members = new Map(base?.members);
  for (const member of declaration.members) {
    const place = `${declaration.name}.${member.name}`;
    const inherited = base?.members.get(member.name);
    const override = member.qualifiers.get('override');
    if (override !== (inherited && member.name)) problems.push(`${place}: Override is ${override ?? 'missing'}`);
    members.set(member.name, {
      ...member,
      default: member.default === undefined ? inherited?.default : member.default,
      qualifiers: join(member.qualifiers, inherited?.qualifiers, place),
      parameters: member.parameters?.map((parameter) => ({
        ...parameter,
        qualifiers: join(
          parameter.qualifiers,
          inherited?.parameters?.find((candidate) => candidate.name === parameter.name)?.qualifiers,
          `${place}(${parameter.name})`,
        ),
      })),
    });
  }
  return members;
}

/**
 * @param {Qualifiers} own
 * @param {Qualifiers | undefined} inherited
 * @param {(name: string) => QualifierDeclaration | undefined} findType
 * @param {string} place
 * @param {string[]} problems
 * @returns {Qualifiers}
 */
function joinQualifiers(own, inherited, findType, place, problems) {
  const handedDown = [...(inherited ?? [])].filter(([name]) => !findType(name)?.flavors.has('restricted'));
  /** @type {Qualifiers} */
  const joined = new Map(handedDown);
  for (const [name, value] of own) {
    const type = findType(name);
    if (!type) problems.push(`${place}: qualifier ${name} is not declared`);
    else if (!hasType(value, type)) problems.push(`${place}: qualifier ${name} is not of type ${type.type}`);
    const fixed = type?.flavors.has('disableoverride') && joined.has(name);
    if (fixed && joined.get(name) !== value) problems.push(`${place}: qualifier ${name} may not be overridden`);
    joined.set(name, value);
  }
  return joined;
}

/**
 * @param {unknown} value
 * @param {QualifierDeclaration} type
 */
function hasType(value, type) {
  const wanted = type.type === 'string' || type.type === 'boolean' ? type.type : 'number';
  const values = type.array && Array.isArray(value) ? value : [value];
  return type.array === Array.isArray(value) && values.every((item) => typeof item === wanted);
}

/**
 * Every class that a reference or embedded instance names exists in the same namespace.
 *
 * @param {Map<string, ResolvedClass>} classes
 */
function checkNamedClasses(classes) {
  return [...classes.values()].flatMap(({ declaration: { name, namespace }, members }) =>
    [...members.values()]
      .flatMap((member) => [member, ...(member.parameters ?? [])])
      .flatMap((element) => [referencedClass(element.type), element.qualifiers.get('embeddedinstance')])
      .filter((named) => named !== undefined && !classes.has(`${namespace}:${named}`))
      .map((named) => `${name}: names class ${named}, which ${namespace} does not have`),
  );
}

/** @param {string} type */
function referencedClass(type) {
  return type.match(/^(\w+) REF$/)?.[1];
}
