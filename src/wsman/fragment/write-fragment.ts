import { CimDateTime } from '../../cim/model/cim-date-time.js';
import { elementType } from '../../cim/model/cim-type.js';
import { type CimScalar, type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import { formatScalar } from '../../cim/model/format-scalar.js';
import { PROPERTY_NAMESPACES } from '../../wscim/encode-instance.js';
import { type EncodeContext, encodeValue } from '../../wscim/encode-value.js';
import { toIsoDateTime } from '../../wscim/iso-date-time.js';
import { escapeAttribute, escapeText } from '../../xml/escape-xml.js';
import type { OperationAnswer } from '../operation.js';
import type { Fragment } from './find-fragment.js';
import type { FragmentPath } from './fragment-path.js';

/**
 * The answer to a Get or Put of a fragment (DSP0226 §7.7): `w:XmlFragment` with the elements or the text, and the header
 * block of the request again.
 *
 * @param uri URI of the instance's class
 */
export function writeFragment(
  path: FragmentPath,
  fragment: Fragment,
  uri: string,
  context: EncodeContext,
): OperationAnswer {
  const attributes = ` xmlns:p="${escapeAttribute(uri)}"${PROPERTY_NAMESPACES}`;
  const content = fragment.isText ? writeText(fragment) : writeElements(fragment, context);
  return {
    headers: `<w:FragmentTransfer s:mustUnderstand="true">${escapeText(path.expression)}</w:FragmentTransfer>`,
    body: `<w:XmlFragment${attributes}>${content}</w:XmlFragment>`,
  };
}

function writeElements({ property, value, position }: Fragment, context: EncodeContext): string {
  if (position === undefined) return encodeValue('p:', property, value, context);
  const { name, qualifiers, type } = property;
  return encodeValue('p:', { name, qualifiers, type: elementType(type) }, memberAt(value, position), context);
}

/** The text of NULL is none. */
function writeText({ property, value, position }: Fragment): string {
  const scalar = position === undefined ? value : memberAt(value, position);
  if (scalar === null) return '';
  if (scalar instanceof CimDateTime) return escapeText(toIsoDateTime(scalar).text);
  // Arrays, references and embedded instances have no text: such a path was refused.
  if (typeof scalar === 'object') throw new TypeError(`property ${property.name} has no text`);
  return escapeText(formatScalar(scalar, property.type.name));
}

function memberAt(value: CimValue, position: number): CimScalar | null {
  return isCimArray(value) ? (value[position] ?? null) : value;
}
