import type { Namespaces } from '../../cim/contracts/namespaces.js';
import type { IsA } from './compile-match.js';

/** Whether a class is another one or below it, by the schemas: of one namespace, or of any where none is known. */
export function isAOf(namespaces: Namespaces): IsA {
  return (namespace, className, ancestor) => {
    if (namespace !== undefined) return namespaces.findNamespace(namespace)?.schema.isA(className, ancestor) ?? false;
    for (const { schema } of namespaces) if (schema.isA(className, ancestor)) return true;
    return false;
  };
}
