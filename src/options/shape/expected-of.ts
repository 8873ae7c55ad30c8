import type { JsonSchema } from './json-schema.js';

/** A list of names that short is told in full. */
const FEW = 12;

/** What a value must be by its schema, in words that end a sentence: `a whole number from 0 to 65535, or 'off'`. */
export function expectedOf(schema: JsonSchema): string {
  const { anyOf, const: only, type } = schema;
  if (anyOf !== undefined) return ofSeveral(anyOf);
  if (only !== undefined) return typeof only === 'string' ? `'${only}'` : String(only);
  return type === undefined ? 'what may stand here' : BY_TYPE[type](schema);
}

function ofSeveral(branches: readonly JsonSchema[]): string {
  if (branches.length > 1 && branches.every((branch) => branch.const !== undefined))
    return `one of ${branches.map((branch) => branch.const).join(', ')}`;
  return [...new Set(branches.map(expectedOf))].join(', or ');
}

const BY_TYPE: Readonly<Record<NonNullable<JsonSchema['type']>, (schema: JsonSchema) => string>> = {
  string: ({ minLength = 0 }) => (minLength > 0 ? 'text that is not empty' : 'text'),
  integer: (schema) => `a whole number${rangeOf(schema)}`,
  number: (schema) => `a number${rangeOf(schema)}`,
  boolean: () => 'true or false',
  array: (schema) => (schema.minItems === undefined ? 'a list' : 'a list that is not empty') + elementsOf(schema),
  object: ({ properties = {} }) => {
    const names = Object.keys(properties);
    return names.length > 0 && names.length <= FEW ? `an object with ${names.join(', ')}` : 'an object';
  },
};

/** Of objects their members would have to be told: what is wrong with one is told by itself. */
function elementsOf({ items }: JsonSchema): string {
  const isOne = typeof items === 'object' && !Array.isArray(items) && (items as JsonSchema).type !== 'object';
  return isOne ? `, of which each is ${expectedOf(items as JsonSchema)}` : '';
}

function rangeOf({ minimum, exclusiveMinimum, maximum }: JsonSchema): string {
  const from = minimum === undefined ? '' : ` from ${minimum}`;
  const more = exclusiveMinimum === undefined ? '' : ` of more than ${exclusiveMinimum}`;
  return `${from}${more}${maximum === undefined ? '' : ` to ${maximum}`}`;
}

/** Names that are there, where they are few enough to be read. */
export function namesThereAre(names: readonly string[]): string {
  return names.length <= FEW ? `: there are ${names.join(', ')}` : '';
}
