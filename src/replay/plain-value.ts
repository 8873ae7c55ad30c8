import type { Json } from '../cimjson/cim-json-types.js';
import { attributeNamed, childNamed, childTextOf, type Element, textIn } from './element.js';
import { resourceName } from './resource-name.js';

/**
 * What an element holds, for people and for comparing: text, null for `xsi:nil`, members by their local names, and lists where
 * a name stands several times. A reference is `{ "reference": "root/cimv2:Win32_Service", "selectors": … }`, whatever address it has.
 */
export function plainValue(element: Element): Json {
  if (/^(?:true|1)$/.test(attributeNamed(element, 'nil') ?? '')) return null;
  if (element.children.length === 0) return textIn(element);
  const parameters = childNamed(element, 'ReferenceParameters');
  if (parameters !== undefined) return plainReference(parameters);
  const [only] = element.children;
  // A reference may stand in an element of its own.
  if (element.children.length === 1 && only?.name === 'EndpointReference') return plainValue(only);
  return plainMembers(element);
}

/** The children by their local names. */
export function plainMembers({ children }: Element): Readonly<Record<string, Json>> {
  const members = new Map<string, Json[]>();
  for (const child of children) {
    const values = members.get(child.name) ?? [];
    values.push(plainValue(child));
    members.set(child.name, values);
  }
  return Object.fromEntries(
    Array.from(members, ([name, values]) => [name, values.length === 1 ? (values[0] ?? null) : values]),
  );
}

function plainReference(parameters: Element): Json {
  const selectors = selectorsOf(childNamed(parameters, 'SelectorSet'));
  const uri = childTextOf(parameters, 'ResourceURI') ?? '';
  return { reference: resourceName(uri, selectors).name, selectors: withoutNamespace(selectors) };
}

/** Selectors by their names. */
export function selectorsOf(set: Element | undefined): Readonly<Record<string, Json>> {
  const entries = (set?.children ?? []).map(
    (selector) => [attributeNamed(selector, 'Name') ?? '', plainValue(selector)] as const,
  );
  return Object.fromEntries(entries);
}

/** The selectors but for that of the namespace, which is part of the resource's name. */
export function withoutNamespace(selectors: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  return Object.fromEntries(Object.entries(selectors).filter(([name]) => name.toLowerCase() !== '__cimnamespace'));
}
