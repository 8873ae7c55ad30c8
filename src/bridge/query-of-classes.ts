import type { JsonInstance } from '../cimjson/cim-json-types.js';
import type { OperationCall } from './operation.js';

const FROM_META_CLASS = /\bFROM\s+meta_class\b/i;

/** What follows the braces of `ASSOCIATORS OF {…}`, in which texts in quotes may have braces, too. */
const BEHIND_BRACES =
  /^\s*(?:ASSOCIATORS|REFERENCES)\s+OF\s*\{(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^}"'])*\}(.*)$/is;
const CLASSES_ONLY = /\b(?:ClassDefsOnly|SchemaOnly)\b/i;

/**
 * True for a query whose items are classes: `SELECT * FROM meta_class WHERE __this ISA "CIM_Service"`, and one for associations with
 * `ClassDefsOnly` or `SchemaOnly`.
 */
export function isOfClasses(query: string): boolean {
  const [, conditions] = BEHIND_BRACES.exec(query) ?? [];
  return conditions === undefined ? FROM_META_CLASS.test(query) : CLASSES_ONLY.test(conditions);
}

/** Sends each class as an instance that has its name and no more, as Microsoft's library gives it. */
export async function sendClassNames(
  { client, namespace, options, send }: OperationCall,
  wql: string,
): Promise<object> {
  for await (const { name } of client.enumerateClasses({ ...options, namespace, wql })) {
    const item: JsonInstance = {
      kind: 'instance',
      class: 'meta_class',
      properties: { Name: { type: 'string', value: name } },
    };
    await send(item);
  }
  return {};
}
