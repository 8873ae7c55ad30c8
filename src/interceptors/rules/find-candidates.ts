import type { Namespace, Namespaces } from '../../cim/contracts/namespaces.js';
import type { CimClass, CimElement, CimMethod } from '../../cim/model/cim-class.js';
import type { CimType } from '../../cim/model/cim-type.js';
import { NameMap, sameName } from '../../cim/model/name-map.js';
import { parseScalar } from '../../cim/model/parse-scalar.js';
import { didYouMean } from '../../strings/nearest-name.js';
import type { PlainValues } from '../match/exchange-match.js';
import { named } from './check-condition.js';
import type { RuleCondition } from './rule.js';
import { RuleError } from './rule-error.js';

/** A class that a condition can mean, and its method where the condition names one. */
export interface Candidate {
  readonly space: Namespace;
  readonly cimClass: CimClass;
  readonly method: CimMethod | undefined;
}

/**
 * The classes that a condition can mean, by the names and values that it has; all of them, and so none looked at, where it has none.
 *
 * @throws RuleError for a namespace, class, method, key, parameter or property that there is not, with the nearest name, and for a value
 *   that can never be one of it
 */
export function findCandidates(when: RuleCondition, namespaces: Namespaces): readonly Candidate[] {
  const spaces = spacesOf(when, namespaces);
  const isAboutClasses = [when.class, when.method, when.selectors, when.input].some((one) => one !== undefined);
  if (!isAboutClasses) return [];
  const classes = classesOf(when, spaces);
  const candidates = when.method === undefined ? classes : withMethod(when.method, classes, when.class);
  const fitting = withValues(when.selectors, candidates, 'selectors', ({ cimClass }) => cimClass.keys);
  return withValues(when.input, fitting, 'input', inputsOf);
}

function spacesOf({ namespace }: RuleCondition, namespaces: Namespaces): readonly Namespace[] {
  if (namespace === undefined) return [...namespaces];
  const found = namespaces.findNamespace(namespace);
  return [
    found ??
      named(
        [...namespaces].map((space) => [space.name, space] as const),
        namespace,
        'when.namespace',
        'namespace',
      ),
  ];
}

/** A class by name with those below it; of a method alone, the classes that have it: the others need not be made for that. */
function classesOf({ class: name, method }: RuleCondition, spaces: readonly Namespace[]): readonly Candidate[] {
  const all = spaces.flatMap((space) => classNames(space, name, method).map((found) => [space, found] as const));
  if (name !== undefined && all.length === 0)
    named(
      spaces.flatMap(({ schema }) => [...schema.declarations].map((one) => [one.name, one] as const)),
      name,
      'when.class',
      'class',
    );
  const candidates = new Map<CimClass, Candidate>();
  for (const [space, found] of all)
    for (const cimClass of space.schema.withSubclasses(found))
      candidates.set(cimClass, { space, cimClass, method: undefined });
  return [...candidates.values()];
}

function classNames({ schema }: Namespace, name: string | undefined, method: string | undefined): readonly string[] {
  if (name !== undefined) return schema.findClass(name) ? [name] : [];
  const declarations = [...schema.declarations];
  const having =
    method === undefined
      ? declarations
      : declarations.filter(({ methods }) => methods.some((one) => sameName(one.name, method)));
  // The name is nowhere: all methods are needed for the nearest.
  return (having.length === 0 ? declarations : having).map((declaration) => declaration.name);
}

function withMethod(name: string, classes: readonly Candidate[], className: string | undefined): readonly Candidate[] {
  const having = classes.flatMap((candidate) => {
    const method = candidate.cimClass.methods.get(name);
    return method === undefined ? [] : [{ ...candidate, method }];
  });
  if (having.length > 0) return having;
  const known = new Set(classes.flatMap(({ cimClass }) => [...cimClass.methods.keys()]));
  const where = className === undefined ? 'there is no method' : `class ${className} has no method`;
  throw new RuleError('when.method', `${where} '${name.slice(0, 200)}'${didYouMean(name, known)}`);
}

type TypedElement = CimElement & { readonly type: CimType };

/** In parameters of the method; of no method, properties and the parameters of all. */
function inputsOf({ cimClass, method }: Candidate): readonly TypedElement[] {
  const methods = method === undefined ? [...cimClass.methods.values()] : [method];
  const parameters = methods.flatMap((one) => [...one.parameters.values()].filter(({ isIn }) => isIn));
  return method === undefined ? [...cimClass.properties.values(), ...parameters] : parameters;
}

function withValues(
  wanted: PlainValues | undefined,
  candidates: readonly Candidate[],
  member: 'selectors' | 'input',
  elementsOf: (candidate: Candidate) => readonly TypedElement[],
): readonly Candidate[] {
  let left = candidates;
  for (const [name, value] of Object.entries(wanted ?? {})) {
    const place = `when.${member}.${name}`;
    const elements = left.map((candidate) => elementsOf(candidate));
    const having = left.filter((_, index) => elements[index]?.some((one) => sameName(one.name, name)));
    if (having.length === 0) throw unknown(name, elements, place, member);
    const fitting = having.filter((candidate) =>
      elementsOf(candidate).some((one) => sameName(one.name, name) && canBe(value, one.type)),
    );
    if (fitting.length === 0) throw new RuleError(place, `${JSON.stringify(value).slice(0, 60)} can be no value of it`);
    left = fitting;
  }
  return left;
}

function unknown(
  name: string,
  elements: readonly (readonly TypedElement[])[],
  place: string,
  member: string,
): RuleError {
  const known = new NameMap(elements.flat().map((one) => [one.name, one] as const));
  const what = member === 'selectors' ? 'key' : 'parameter or property';
  return new RuleError(place, `there is no such ${what}${didYouMean(name, known.keys())}`);
}

/** Whether a value of the type can match: objects are compared by what they have, so only their kind can be wrong. */
function canBe(value: unknown, type: CimType): boolean {
  if (value === null) return true;
  if (Array.isArray(value))
    return type.array !== undefined && value.every((one) => canBe(one, { ...type, array: undefined }));
  if (type.array !== undefined) return isMatcher(value);
  if (typeof value === 'object') return isMatcher(value) || type.name === 'reference' || type.embedded !== undefined;
  if (type.embedded !== undefined || type.name === 'reference') return false;
  return parseScalar(String(value), type.name) !== undefined;
}

/** `expect.any(String)` of vitest and jest, which is asked itself. */
function isMatcher(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'asymmetricMatch' in value;
}
