import type { CimType } from '../../cim/model/cim-type.js';
import type { CimScalar, CimValue } from '../../cim/model/cim-value.js';
import { parseScalar } from '../../cim/model/parse-scalar.js';
import type { ResponseElement } from './response-element.js';

/**
 * Reads the value among the children of a QUALIFIER or PROPERTY (DSP0201 §5.2.3). A text that is no value of the type
 * stays text.
 *
 * @returns undefined when there is none
 */
export function readCimXmlValue(parent: ResponseElement, type: CimType): CimValue | undefined {
  for (const child of parent.children) {
    if (child.name === 'VALUE') return readScalar(child.text, type);
    if (child.name === 'VALUE.ARRAY') {
      return child.children.map((item) => (item.name === 'VALUE.NULL' ? null : readScalar(item.text, type)));
    }
  }
  return undefined;
}

function readScalar(text: string, type: CimType): CimScalar {
  // CIM-XML writes a char16 as the character, and integers in decimal or, rarely, hexadecimal.
  if (type.name === 'char16') return text;
  const digits = /^\s*0x[0-9a-f]{1,16}\s*$/i.test(text) ? BigInt(text.trim()).toString() : text;
  return parseScalar(digits, type.name) ?? text;
}
