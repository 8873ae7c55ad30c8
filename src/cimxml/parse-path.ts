import { CimError } from '../cim/cim-error.js';
import { type CimKeyValue, InstancePath } from '../cim/instance-path.js';
import { NameMap } from '../cim/name-map.js';
import { parseScalar } from '../cim/parse-scalar.js';
import type { Schema } from '../cim/schema.js';
import { attributeOf, type XmlElement } from '../xml/xml-element.js';

/**
 * Reads the path in a VALUE.REFERENCE: INSTANCEPATH, LOCALINSTANCEPATH or INSTANCENAME (DSP0201 §5.2.3).
 *
 * @throws CimError InvalidParameter
 */
export function parsePathElement(element: XmlElement, schema: Schema): InstancePath {
  const name = find(element, 'INSTANCENAME');
  if (!name) throw new CimError('InvalidParameter', 'A VALUE.REFERENCE has no INSTANCENAME.');
  const segments = find(element, 'LOCALNAMESPACEPATH')?.children.map((child) => attributeOf(child, 'NAME') ?? '');
  const className = attributeOf(name, 'CLASSNAME') ?? '';
  const keys = new NameMap<CimKeyValue>();
  for (const binding of name.children) {
    const keyName = attributeOf(binding, 'NAME');
    const [value] = binding.children;
    if (binding.localName !== 'KEYBINDING' || !keyName || !value) continue;
    keys.set(keyName, readKey(value, schema.findClass(className)?.properties.get(keyName)?.type.name, schema));
  }
  return new InstancePath({ namespace: segments?.join('/'), className, keys });
}

function readKey(
  element: XmlElement,
  type: Parameters<typeof parseScalar>[1] | undefined,
  schema: Schema,
): CimKeyValue {
  if (element.localName === 'VALUE.REFERENCE') return parsePathElement(element, schema);
  return (type === undefined ? undefined : parseScalar(element.text, type)) ?? element.text;
}

function find(element: XmlElement, localName: string): XmlElement | undefined {
  for (const child of element.children) {
    const found = child.localName === localName ? child : find(child, localName);
    if (found) return found;
  }
  return undefined;
}
