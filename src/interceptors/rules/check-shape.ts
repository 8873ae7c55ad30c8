import { didYouMean } from '../../strings/nearest-name.js';
import { RuleError } from './rule-error.js';

/** As much of JSON Schema as rules are written in. */
export interface JsonSchema {
  readonly type?: 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array';
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly minProperties?: number;
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly minItems?: number;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

/** A value that is shown is cut to this. */
const QUOTED = 60;

/**
 * Looks whether something has the shape that a schema says. JSON Schema says of an alternative only that none fits; whoever wrote a
 * rule wants to know what is wrong with the one that was meant, and which name is near.
 *
 * @param place of `value`, for messages
 * @throws RuleError
 */
export function checkShape(schema: JsonSchema, value: unknown, place: string): void {
  const words = wordsOf(schema);
  if (words !== undefined) {
    if (!words.includes(value)) throw wrong(schema, value, place, nearOf(words, value));
  } else if (schema.anyOf !== undefined) {
    const meant = alternative(schema.anyOf, value);
    if (meant === undefined) throw wrong(schema, value, place);
    checkShape(meant, value, place);
  } else if (!isOfType(schema, value)) throw wrong(schema, value, place);
  else if (schema.type === 'object') checkMembers(schema, value as object, place);
  else if (schema.type === 'array') checkElements(schema, value as readonly unknown[], place);
}

/** All values that there are; undefined where they are not counted. */
function wordsOf({ anyOf, const: only }: JsonSchema): readonly unknown[] | undefined {
  if (only !== undefined) return [only];
  return anyOf?.every((one) => one.const !== undefined) ? anyOf.map((one) => one.const) : undefined;
}

/** The one that a value of its kind can only mean; of several objects the one that has a member of it. */
function alternative(schemas: readonly JsonSchema[], value: unknown): JsonSchema | undefined {
  const fitting = schemas.filter((schema) => isOfKind(schema, value));
  if (fitting.length < 2 || typeof value !== 'object' || value === null) return fitting[0];
  const names = Object.keys(value);
  return fitting.find(({ properties = {} }) => names.some((name) => name in properties)) ?? fitting[0];
}

function isOfKind({ type }: JsonSchema, value: unknown): boolean {
  if (type === 'integer') return typeof value === 'number';
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function isOfType(schema: JsonSchema, value: unknown): boolean {
  if (schema.type === undefined) return true;
  if (!isOfKind(schema, value)) return false;
  const { minLength = 0, minItems = 0 } = schema;
  if (typeof value === 'string') return value.length >= minLength;
  if (Array.isArray(value)) return isList(schema.items) || value.length >= minItems;
  return typeof value !== 'number' || isInRange(schema, value);
}

function isInRange(schema: JsonSchema, value: number): boolean {
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity } = schema;
  if (schema.type === 'integer' && !Number.isSafeInteger(value)) return false;
  return Number.isFinite(value) && value >= minimum && value <= maximum && value > exclusiveMinimum;
}

function checkMembers(schema: JsonSchema, value: object, place: string): void {
  const { properties, required = [], additionalProperties, minProperties = 0 } = schema;
  const given = Object.entries(value).filter(([, one]) => one !== undefined);
  const known = Object.keys(properties ?? {});
  const within = (name: string) => (place === '' ? name : `${place}.${name}`);
  for (const [name, one] of given) {
    const member = properties?.[name];
    if (member !== undefined) checkShape(member, one, within(name));
    else if (additionalProperties === false) {
      const hint = didYouMean(name, known) || `: there are ${known.join(', ')}`;
      throw new RuleError(within(name.slice(0, QUOTED)), `no such member${hint}`);
    }
  }
  const missing = required.find((name) => !given.some(([other]) => other === name));
  if (missing !== undefined) throw new RuleError(place, `${missing} is missing`);
  if (given.length < minProperties) throw new RuleError(place, `it is empty: there are ${known.join(', ')}`);
}

function checkElements({ items }: JsonSchema, value: readonly unknown[], place: string): void {
  if (isList(items) && value.length !== items.length)
    throw new RuleError(place, `${value.length} elements where ${items.length} are wanted`);
  value.forEach((one, index) => {
    const element = isList(items) ? items[index] : items;
    if (element !== undefined) checkShape(element, one, `${place}[${index}]`);
  });
}

function isList(items: JsonSchema['items']): items is readonly JsonSchema[] {
  return Array.isArray(items);
}

function wrong(schema: JsonSchema, value: unknown, place: string, hint = ''): RuleError {
  return new RuleError(place, `${quote(value)} is not ${describe(schema)}${hint}`);
}

function nearOf(values: readonly unknown[], value: unknown): string {
  const words = values.filter((one) => typeof one === 'string');
  return typeof value === 'string' ? didYouMean(value, words) : '';
}

const KINDS = { string: 'a text', boolean: 'true or false', object: 'an object', array: 'a list' } as const;

function describe(schema: JsonSchema): string {
  const { type, minLength, minItems } = schema;
  const words = wordsOf(schema);
  if (words !== undefined) return words.length === 1 ? String(words[0]) : `one of ${words.join(', ')}`;
  if (schema.anyOf) return [...new Set(schema.anyOf.map(describe))].join(' or ');
  if (type === 'integer' || type === 'number') return describeNumber(schema);
  return `${KINDS[type ?? 'object']}${(minLength ?? minItems ?? 0) > 0 ? ' that is not empty' : ''}`;
}

function describeNumber({ type, minimum, exclusiveMinimum, maximum }: JsonSchema): string {
  const kind = type === 'integer' ? 'a whole number' : 'a number';
  const from = minimum === undefined ? '' : ` from ${minimum}`;
  const more = exclusiveMinimum === undefined ? '' : ` of more than ${exclusiveMinimum}`;
  return `${kind}${from}${more}${maximum === undefined ? '' : ` to ${maximum}`}`;
}

function quote(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > QUOTED ? `${value.slice(0, QUOTED)}…` : value}'`;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
