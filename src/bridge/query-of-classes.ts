import type { JsonInstance } from '../cimjson/cim-json-types.js';
import type { OperationCall } from './operation.js';

const FROM_META_CLASS = /\bFROM\s+meta_class\b/i;

/** True for a query whose items are classes: `SELECT * FROM meta_class WHERE __this ISA "CIM_Service"`. */
export function isOfClasses(query: string): boolean {
  return FROM_META_CLASS.test(query);
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
