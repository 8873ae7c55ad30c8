import { type NamespaceScope, nestedScope, splitName } from './namespace-scope.js';
import type { RawAttributes } from './parse-xml.js';
import type { ResponseElement } from './response-element.js';

/** What the start tag of an element says where it stands. */
export type ElementHead = Pick<ResponseElement, 'namespace' | 'name' | 'attributes' | 'scope'>;

/** @param outer what holds around the element */
export function headOf(tag: string, attributes: RawAttributes, outer: NamespaceScope): ElementHead {
  const scope = nestedScope(outer, declarations(attributes));
  const [prefix, name] = splitName(tag);
  const namespace = scope.resolve(prefix);
  const own = attributes.filter(([key]) => !isDeclaration(key));
  return { namespace, name, attributes: own.map(([key, value]) => attributeOf(key, value, scope)), scope };
}

function attributeOf(key: string, value: string, scope: NamespaceScope) {
  const [prefix, name] = splitName(key);
  // The default namespace is not for attributes.
  return { namespace: prefix === '' ? undefined : scope.resolve(prefix), name, value };
}

function declarations(attributes: RawAttributes): ReadonlyMap<string, string> {
  const declared = new Map<string, string>();
  for (const [key, value] of attributes)
    if (isDeclaration(key)) declared.set(key === 'xmlns' ? '' : key.slice('xmlns:'.length), value);
  return declared;
}

function isDeclaration(key: string): boolean {
  return key === 'xmlns' || key.startsWith('xmlns:');
}
