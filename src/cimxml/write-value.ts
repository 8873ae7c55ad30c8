import type { CimType } from '../cim/model/cim-type.js';
import { type CimScalar, type CimValue, isCimArray } from '../cim/model/cim-value.js';
import { InstancePath } from '../cim/model/instance-path.js';
import type { XmlWriter } from '../xml/xml-writer.js';
import { formatCimXmlScalar, isCimXmlScalar } from './format-cim-xml-scalar.js';
import { writePathElement } from './write-path.js';

/**
 * Writes VALUE, VALUE.ARRAY or VALUE.REFERENCE (DSP0201 §5.2.3); nothing for NULL, whose sign is that there is no value.
 *
 * @throws TypeError for embedded instances and classes, which no declaration can have as a value
 */
export function writeCimXmlValue(writer: XmlWriter, value: CimValue, type: CimType): void {
  if (value === null) return;
  if (!isCimArray(value)) {
    writeScalar(writer, value, type);
    return;
  }
  writer.open('VALUE.ARRAY');
  for (const item of value) {
    if (item === null) writer.open('VALUE.NULL').close();
    else writeScalar(writer, item, type);
  }
  writer.close();
}

function writeScalar(writer: XmlWriter, value: CimScalar, type: CimType): void {
  if (value instanceof InstancePath) {
    writePathElement(writer, value);
  } else if (isCimXmlScalar(value)) {
    const isReal = type.name === 'real32' || type.name === 'real64';
    writer.open('VALUE').text(formatCimXmlScalar(value, isReal)).close();
  } else {
    throw new TypeError('an embedded object cannot be written as a plain CIM-XML value');
  }
}
