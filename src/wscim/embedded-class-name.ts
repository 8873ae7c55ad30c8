import type { XmlElement } from '../xml/xml-element.js';
import { xsiType } from '../xml/xsi.js';

/**
 * The class an embedded instance says it is of: `xsi:type="p1:CIM_SettingData_Type"` without prefix and suffix. The
 * prefix is never resolved, as Windows and libmi leave it undeclared. Undefined without `xsi:type`.
 */
export function embeddedClassName(element: XmlElement): string | undefined {
  const type = xsiType(element)?.trim();
  if (!type) return undefined;
  return type.slice(type.indexOf(':') + 1).replace(/_Type$/, '');
}
