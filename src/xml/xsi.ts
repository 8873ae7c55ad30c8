import { ns } from './namespaces.js';
import { attributeOf, type XmlElement } from './xml-element.js';

/**
 * An attribute of the XMLSchema-instance namespace. libmi binds the prefix `xsi` to the XML Schema namespace itself,
 * so its `xsi:nil` and `xsi:type` are found there.
 */
function instanceAttribute(element: XmlElement, localName: string): string | undefined {
  if (element.attributes.length === 0) return undefined;
  return attributeOf(element, localName, ns.xsi) ?? attributeOf(element, localName, ns.xsd);
}

/** Whether the element stands for NULL: `xsi:nil="true"`, or `"1"`, letter case and blanks forgiven. */
export function isNil(element: XmlElement): boolean {
  const value = instanceAttribute(element, 'nil')?.trim().toLowerCase();
  return value === 'true' || value === '1';
}

/**
 * Text of `xsi:type`, trimmed, or `undefined`. It stays a text: Windows writes `cim:cimString` without declaring
 * `cim`, which the reader of messages lets pass.
 */
export function xsiType(element: XmlElement): string | undefined {
  return instanceAttribute(element, 'type')?.trim();
}
