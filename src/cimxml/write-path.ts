import type { CimTypeName } from '../cim/model/cim-type.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import type { XmlWriter } from '../xml/xml-writer.js';
import { formatCimXmlScalar } from './format-cim-xml-scalar.js';

/** Writes a VALUE.REFERENCE: the path with as much of host and namespace as it has (DSP0201 §5.2.3, §5.2.4). */
export function writePathElement(writer: XmlWriter, path: InstancePath): void {
  writer.open('VALUE.REFERENCE');
  if (path.namespace === undefined) {
    writeInstanceName(writer, path);
  } else if (path.host === undefined) {
    writer.open('LOCALINSTANCEPATH');
    writeNamespace(writer, path.namespace);
    writeInstanceName(writer, path);
    writer.close();
  } else {
    writer.open('INSTANCEPATH').open('NAMESPACEPATH').leaf('HOST', path.host);
    writeNamespace(writer, path.namespace);
    writer.close();
    writeInstanceName(writer, path);
    writer.close();
  }
  writer.close();
}

function writeNamespace(writer: XmlWriter, namespace: string): void {
  writer.open('LOCALNAMESPACEPATH');
  for (const segment of namespace.split('/')) writer.open('NAMESPACE').attribute('NAME', segment).close();
  writer.close();
}

function writeInstanceName(writer: XmlWriter, path: InstancePath): void {
  writer.open('INSTANCENAME').attribute('CLASSNAME', path.className);
  for (const [name, value] of path.keys) {
    writer.open('KEYBINDING').attribute('NAME', name);
    if (value instanceof InstancePath) writePathElement(writer, value);
    else writeKey(writer, value);
    writer.close();
  }
  writer.close();
}

/** TYPE may not be left out since DSP0201 2.4; of a number, a path does not know more than that it is one. */
function writeKey(writer: XmlWriter, value: Exclude<CimKeyValue, InstancePath>): void {
  const [valueType, type] = keyTypes(value);
  writer.open('KEYVALUE').attribute('VALUETYPE', valueType).attribute('TYPE', type);
  writer.text(formatCimXmlScalar(value)).close();
}

function keyTypes(value: Exclude<CimKeyValue, InstancePath>): readonly ['boolean' | 'numeric' | 'string', CimTypeName] {
  switch (typeof value) {
    case 'boolean':
      return ['boolean', 'boolean'];
    case 'number':
    case 'bigint':
      return ['numeric', value < 0 ? 'sint64' : 'uint64'];
    default:
      return ['string', typeof value === 'string' ? 'string' : 'datetime'];
  }
}
