import { splitName } from './namespace-scope.js';
import type { RequestElement } from './request-element.js';
import type { ResponseAttribute, ResponseElement } from './response-element.js';
import { namespaces } from './wsman-names.js';

/** Prefixes that every request declares. */
const prefixes: ReadonlyMap<string, string> = new Map([
  [namespaces.addressing, 'a'],
  [namespaces.wsman, 'w'],
  [namespaces.cimCommon, 'cim'],
]);

/**
 * Writes an element of an answer into a request as it came, so that a Put gives back what the client did not touch in
 * the server's own words.
 */
export function copyElement(parent: RequestElement, source: ResponseElement): void {
  const { namespace, name, attributes, children, text } = source;
  const prefix = prefixes.get(namespace ?? '') ?? 'q';
  const element = namespace === undefined ? parent.ele(name) : parent.ele(namespace, `${prefix}:${name}`);
  for (const attribute of attributes) copyAttribute(element, attribute, source);
  if (children.length === 0) element.txt(text);
  else for (const child of children) copyElement(element, child);
}

function copyAttribute(element: RequestElement, attribute: ResponseAttribute, { scope }: ResponseElement): void {
  const { name, value } = attribute;
  if (name === 'nil') {
    element.att(namespaces.xsi, 'xsi:nil', value);
  } else if (name === 'type') {
    // The value is a qualified name: its prefix must mean the same here.
    const [prefix] = splitName(value.trim());
    const uri = prefix === '' ? undefined : scope.resolve(prefix);
    if (uri !== undefined) element.att(namespaces.xmlns, `xmlns:${prefix}`, uri);
    element.att(namespaces.xsi, 'xsi:type', value);
  } else if (attribute.namespace === undefined) {
    element.att(name, value);
  }
}
