import type { CimOperation } from './cim-operation.js';

/** The namespace that an operation is about; undefined where a path says none. */
export function namespaceOf(operation: CimOperation): string | undefined {
  if ('namespace' in operation) return operation.namespace;
  if ('cursor' in operation) return operation.cursor.namespace;
  return 'target' in operation ? operation.target.namespace : operation.path.namespace;
}
