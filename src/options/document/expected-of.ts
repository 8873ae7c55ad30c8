import type { TSchema } from '@sinclair/typebox';

/** What a value must be by its schema, in words that end a sentence: `a whole number from 0 to 65535, or 'off'`. */
export function expectedOf(schema: TSchema): string {
  const words = wordsOf(schema);
  if (words.length > 1 && words.length === (schema.anyOf as readonly TSchema[]).length)
    return `one of ${words.join(', ')}`;
  const branches = schema.anyOf as readonly TSchema[] | undefined;
  if (branches) return branches.map(expectedOf).join(', or ');
  if ('const' in schema) return typeof schema.const === 'string' ? `'${schema.const}'` : String(schema.const);
  return BY_TYPE[String(schema.type)]?.(schema) ?? 'what may stand here';
}

/** The words of which it is one. */
export function wordsOf({ anyOf = [] }: TSchema): readonly string[] {
  return (anyOf as readonly TSchema[]).map((branch) => branch.const).filter((word) => typeof word === 'string');
}

const BY_TYPE: Readonly<Record<string, (schema: TSchema) => string>> = {
  string: ({ pattern, title }) => (pattern === undefined ? 'text' : String(title ?? `text of the form ${pattern}`)),
  integer: (schema) => `a whole number${rangeOf(schema)}`,
  number: (schema) => `a number${rangeOf(schema)}`,
  boolean: () => 'true or false',
  array: ({ items }) => (items ? `a list, of which each is ${expectedOf(items as TSchema)}` : 'a list'),
  object: ({ properties }) => {
    const names = Object.keys((properties ?? {}) as object);
    return names.length > 0 ? `a map with ${names.join(', ')}` : 'a map';
  },
};

function rangeOf({ minimum, maximum }: TSchema): string {
  if (minimum === undefined) return '';
  return maximum === undefined ? ` from ${minimum}` : ` from ${minimum} to ${maximum}`;
}
