import { nearestName } from '../../strings/nearest-name.js';
import { expectedOf, namesThereAre } from './expected-of.js';
import { type JsonSchema, wordsOf } from './json-schema.js';
import { quoteShort } from './quote-short.js';
import type { ValuePath } from './value-path.js';

/** The first thing that is wrong with a value. */
export interface ShapeProblem {
  /** Where; of a member that is not there, or that nobody knows, where it would stand. */
  readonly path: ValuePath;
  /** Whether the name is wrong, or the value that has it. */
  readonly part: 'name' | 'value';
  /** What is wrong there, and what is wanted. A secret (`writeOnly`) is not quoted. */
  readonly text: string;
  /** The name or word that was probably meant. */
  readonly nearest: string | undefined;
}

/** A value on its way down its schema. */
interface Looked {
  readonly schema: JsonSchema;
  readonly value: unknown;
  readonly path: ValuePath;
  readonly isSecret: boolean;
}

/**
 * Looks whether something has the shape that a schema says: a file of settings, a rule, the body of a request. JSON Schema says of an
 * alternative only that none fits; whoever wrote it wants to know what is wrong with the one that was meant, and which name is near.
 * TypeBox's own check knows neither, and takes 40 ms to be loaded.
 *
 * @returns undefined when nothing is wrong
 */
export function findShapeProblem(schema: JsonSchema, value: unknown): ShapeProblem | undefined {
  return problemOf({ schema, value, path: [], isSecret: false });
}

function problemOf(looked: Looked): ShapeProblem | undefined {
  const { schema, value } = looked;
  if (schema.writeOnly === true && !looked.isSecret) return problemOf({ ...looked, isSecret: true });
  if (schema.anyOf !== undefined) return problemOfSeveral(looked, schema.anyOf);
  if (schema.const !== undefined) return value === schema.const ? undefined : wrong(looked);
  if (!isOfType(schema, value)) return wrong(looked);
  if (schema.type === 'object') return problemOfMembers(looked, value as object);
  return schema.type === 'array' ? problemOfElements(looked, value as readonly unknown[]) : undefined;
}

/** One must fit. If none does, what is wrong within the one that was meant says more than that. */
function problemOfSeveral(looked: Looked, branches: readonly JsonSchema[]): ShapeProblem | undefined {
  const { value, path } = looked;
  const problems: (readonly [JsonSchema, ShapeProblem])[] = [];
  for (const schema of branches) {
    const problem = problemOf({ ...looked, schema });
    if (problem === undefined) return undefined;
    problems.push([schema, problem]);
  }
  const within = problems.filter(([, problem]) => problem.path.length > path.length || isStructural(problem, value));
  const names = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const meant = within.find(([{ properties = {} }]) => names.some((name) => Object.hasOwn(properties, name)));
  const first = (meant ?? within[0])?.[1];
  const [name] = names;
  const isOwn = first?.part === 'name' && first.path.length === path.length + 1;
  // Of none of them a name is known: each had been meant as much as the first.
  if (meant === undefined && isOwn && name !== undefined)
    return unknownName([...path, name], name, [...new Set(branches.flatMap(namesOf))]);
  return first ?? wrong(looked);
}

function namesOf({ properties = {} }: JsonSchema): readonly string[] {
  return Object.keys(properties);
}

/** It is about how many members or elements there are, and not about what kind of value it is. */
function isStructural({ part }: ShapeProblem, value: unknown): boolean {
  return part === 'name' && typeof value === 'object' && value !== null;
}

function isOfType(schema: JsonSchema, value: unknown): boolean {
  switch (schema.type) {
    case undefined:
      return true;
    case 'string':
      return typeof value === 'string' && value.length >= (schema.minLength ?? 0);
    case 'array':
      return Array.isArray(value) && (isTuple(schema.items) || value.length >= (schema.minItems ?? 0));
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'boolean':
      return typeof value === 'boolean';
    default:
      return typeof value === 'number' && isInRange(schema, value);
  }
}

function isInRange(schema: JsonSchema, value: number): boolean {
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity } = schema;
  if (schema.type === 'integer' ? !Number.isSafeInteger(value) : !Number.isFinite(value)) return false;
  return value >= minimum && value <= maximum && value > exclusiveMinimum;
}

/** A name that there is not comes before one that is missing, which it probably was meant for. What is undefined is left out. */
function problemOfMembers(looked: Looked, value: object): ShapeProblem | undefined {
  const { schema, path } = looked;
  const { properties = {}, required = [], minProperties = 0 } = schema;
  const given = Object.entries(value).filter(([, one]) => one !== undefined);
  const known = Object.keys(properties);
  const unknown = given.find(([name]) => !schemasOf(schema, name));
  if (unknown !== undefined) return unknownName([...path, unknown[0]], unknown[0], known);
  for (const [name, one] of given) {
    for (const member of schemasOf(schema, name) || []) {
      const problem = problemOf({ ...looked, schema: member, value: one, path: [...path, name] });
      if (problem !== undefined) return problem;
    }
  }
  const missing = required.find((name) => !given.some(([other]) => other === name));
  if (missing !== undefined) {
    const expected = expectedOf(properties[missing] ?? {});
    return at([...path, missing], 'value', `it is missing: expected ${expected}`);
  }
  if (given.length >= minProperties) return undefined;
  return at(path, 'name', `it is empty${namesThereAre(known)}`);
}

/** What a member must be; false where there may be none of that name. */
function schemasOf(schema: JsonSchema, name: string): readonly JsonSchema[] | false {
  const { properties = {}, patternProperties = {}, additionalProperties } = schema;
  const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
  const others = Object.entries(patternProperties).filter(([pattern]) => new RegExp(pattern).test(name));
  const found = [...(own === undefined ? [] : [own]), ...others.map(([, one]) => one)];
  return found.length === 0 && additionalProperties === false ? false : found;
}

function problemOfElements(looked: Looked, value: readonly unknown[]): ShapeProblem | undefined {
  const { schema, path } = looked;
  const { items } = schema;
  if (isTuple(items) && value.length !== items.length)
    return at(path, 'name', `${value.length} elements where ${items.length} are wanted`);
  for (const [index, one] of value.entries()) {
    const element = isTuple(items) ? items[index] : items;
    const problem = element && problemOf({ ...looked, schema: element, value: one, path: [...path, index] });
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function isTuple(items: JsonSchema['items']): items is readonly JsonSchema[] {
  return Array.isArray(items);
}

function unknownName(path: ValuePath, name: string, known: readonly string[]): ShapeProblem {
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? namesThereAre(known) : `: did you mean '${nearest}'?`;
  return { path, part: 'name', text: `no such member${hint}`, nearest };
}

function wrong({ schema, value, path, isSecret }: Looked): ShapeProblem {
  const nearest = typeof value === 'string' && !isSecret ? nearestName(value, wordsOf(schema)) : undefined;
  const given = isSecret ? 'what is given' : quoteShort(value);
  const hint = nearest === undefined ? '' : `: did you mean '${nearest}'?`;
  return { path, part: 'value', text: `${given} is not ${expectedOf(schema)}${hint}`, nearest };
}

function at(path: ValuePath, part: ShapeProblem['part'], text: string): ShapeProblem {
  return { path, part, text, nearest: undefined };
}
