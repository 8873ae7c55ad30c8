import type { Cancellation } from '../../cim/contracts/cancellation.js';
import { CimDateTime } from '../../cim/model/cim-date-time.js';
import { elementType } from '../../cim/model/cim-type.js';
import { type CimScalar, type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import { formatScalar } from '../../cim/model/format-scalar.js';
import { PROPERTY_NAMESPACES } from '../../wscim/encode-instance.js';
import { type EncodeContext, encodeValue, encodeValueInSteps } from '../../wscim/encode-value.js';
import { toIsoDateTime } from '../../wscim/iso-date-time.js';
import { escapeAttribute, escapeText } from '../../xml/escape-xml.js';
import { encodeInSlices } from '../encode-in-slices.js';
import type { OperationAnswer } from '../operation.js';
import type { Fragment } from './find-fragment.js';
import type { FragmentPath } from './fragment-path.js';

/** {@link writeFragment}, in slices where there is much of it. */
export function answerFragment(
  path: FragmentPath,
  fragment: Fragment,
  uri: string,
  context: EncodeContext,
  cancellation: Cancellation,
): OperationAnswer | Promise<OperationAnswer> {
  return encodeInSlices(
    [fragment.value],
    cancellation,
    () => writeFragment(path, fragment, uri, context),
    () => writeFragmentInSteps(path, fragment, uri, context),
  );
}

/**
 * The answer to a Get or Put of a fragment (DSP0226 §7.7): `w:XmlFragment` with the elements or the text, and the header
 * block of the request again.
 *
 * @param uri URI of the instance's class
 */
function writeFragment(path: FragmentPath, fragment: Fragment, uri: string, context: EncodeContext): OperationAnswer {
  return answerWith(path, fragment.isText ? writeText(fragment) : writeElements(fragment, context), uri);
}

/** The same in steps ({@link encodeValueInSteps}). */
function* writeFragmentInSteps(
  path: FragmentPath,
  fragment: Fragment,
  uri: string,
  context: EncodeContext,
): Generator<void, OperationAnswer, void> {
  const { property, value, position, isText } = fragment;
  if (isText || position !== undefined) return writeFragment(path, fragment, uri, context);
  return answerWith(path, yield* encodeValueInSteps('p:', property, value, context), uri);
}

function answerWith(path: FragmentPath, content: string, uri: string): OperationAnswer {
  const attributes = ` xmlns:p="${escapeAttribute(uri)}"${PROPERTY_NAMESPACES}`;
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
