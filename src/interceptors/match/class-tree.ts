import type { Namespaces } from '../../cim/contracts/namespaces.js';
import { sameName } from '../../cim/model/name-map.js';
import type { IsA } from './compile-match.js';
import type { ExchangeMatch } from './exchange-match.js';

/** Whether a class is another one or below it, by the schemas: of one namespace, or of any where none is known. */
export function isAOf(namespaces: Namespaces): IsA {
  return (namespace, className, ancestor) => {
    if (namespace !== undefined) return namespaces.findNamespace(namespace)?.schema.isA(className, ancestor) ?? false;
    for (const { schema } of namespaces) if (schema.isA(className, ancestor)) return true;
    return false;
  };
}

/** What the values of a match may be of: the class that it names, and those that declare its method. */
export function classesMeant({ class: className, method }: ExchangeMatch, namespaces: Namespaces): readonly string[] {
  const named = className === undefined ? [] : [className];
  if (method === undefined) return named;
  const declaring = [...namespaces]
    .flatMap(({ schema }) => [...schema.declarations])
    .filter((declared) => declared.methods.some(({ name }) => sameName(name, method)));
  return [...named, ...declaring.map(({ name }) => name)];
}
