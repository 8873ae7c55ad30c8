import { type CimKeyValue, InstancePath } from '../../cim/model/instance-path.js';
import { NameMap } from '../../cim/model/name-map.js';
import { ownText } from './own-text.js';
import { parseClassResourceUri } from './resource-uri.js';
import { attributeValue, findChild, type ResponseElement } from './response-element.js';
import { nameMapOf } from './shared-names.js';
import { namespaceSelector } from './wsman-names.js';

/**
 * Reads an endpoint reference, whether its children sit in the element itself or in an EndpointReference within. Key
 * values are strings: the wire does not tell their types.
 *
 * @returns undefined when the element is no reference to a CIM instance
 */
export function readReference(element: ResponseElement): InstancePath | undefined {
  const epr = findChild(element, 'EndpointReference') ?? element;
  const parameters = findChild(epr, 'ReferenceParameters') ?? findChild(epr, 'ReferenceProperties');
  const resource = parseClassResourceUri(findChild(parameters, 'ResourceURI')?.text.trim() ?? '');
  if (!resource) return undefined;
  const names: string[] = [];
  const values: CimKeyValue[] = [];
  let namespace = resource.namespace;
  for (const selector of findChild(parameters, 'SelectorSet')?.children ?? []) {
    const name = attributeValue(selector, 'Name')?.trim();
    if (name === undefined || selector.name !== 'Selector') continue;
    if (name.toLowerCase() === namespaceSelector) {
      namespace = selector.text.trim();
    } else {
      names.push(name);
      values.push(readReference(selector) ?? ownText(selector.text));
    }
  }
  return new InstancePath({ namespace, className: resource.className, keys: keysOf(names, values) });
}

/** Of a key that is there twice the last value counts. */
function keysOf(names: readonly string[], values: readonly CimKeyValue[]): NameMap<CimKeyValue> {
  return nameMapOf(names, values) ?? new NameMap(names.map((name, at) => [name, values[at] ?? ''] as const));
}
