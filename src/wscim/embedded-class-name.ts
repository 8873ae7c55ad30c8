import type { XmlElement } from '../xml/xml-element.js';
import { xsiType } from '../xml/xsi.js';

/**
 * The class an embedded instance says it is of: `xsi:type="p1:CIM_SettingData_Type"` without prefix and suffix. The
 * prefix is never resolved, as Windows and libmi leave it undeclared. Undefined without `xsi:type`, and for the simple
 * types of WS-CIM and XML Schema (`cim:cimString`, `xs:string`), which Windows writes on instances given as text.
 */
export function embeddedClassName(element: XmlElement): string | undefined {
  const type = xsiType(element)?.trim();
  if (!type) return undefined;
  const name = type.slice(type.indexOf(':') + 1);
  if (name.endsWith('_Type')) return name.slice(0, -'_Type'.length);
  return /^[a-z]/.test(name) ? undefined : name;
}
