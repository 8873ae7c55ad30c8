import { atOnce } from '../../cim/at-once.js';
import type { Cancellation } from '../../cim/contracts/cancellation.js';
import { elementType } from '../../cim/model/cim-type.js';
import { type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import { decodeValue, decodeValueInSteps } from '../../wscim/decode-value.js';
import type { WscimContext } from '../../wscim/wscim-context.js';
import { ns } from '../../xml/namespaces.js';
import type { XmlElement } from '../../xml/xml-element.js';
import { isNil } from '../../xml/xsi.js';
import { decodeInSlices } from '../decode-in-slices.js';
import type { Fragment } from './find-fragment.js';

/**
 * The value that a property has after a Put of a fragment: the new one, or the old one with a member replaced.
 *
 * @param body the Body of the request, which must hold `w:XmlFragment`
 * @throws WsmanFault InvalidFragment; CimError TypeMismatch for a value of the wrong type
 */
export function readFragment(
  body: XmlElement,
  fragment: Fragment,
  context: WscimContext,
  cancellation: Cancellation,
): CimValue | Promise<CimValue> {
  const [element] = body.children;
  if (element?.localName !== 'XmlFragment' || element.namespaceUri !== ns.wsman) {
    throw new WsmanFault('InvalidFragment', 'The Body of a Put with FragmentTransfer holds no w:XmlFragment.');
  }
  const given = decodeInSlices(
    element,
    cancellation,
    () => atOnce(readGiven(element, fragment, context)),
    () => readGiven(element, fragment, context),
  );
  return given instanceof Promise ? given.then((value) => put(value, fragment)) : put(given, fragment);
}

/** What is given, in its place. */
function put(given: CimValue, { value, position }: Fragment): CimValue {
  if (position === undefined || !isCimArray(value)) return given;
  if (given === null || isCimArray(given)) {
    throw new WsmanFault('InvalidFragment', 'A member of an array takes one value, and not NULL.');
  }
  return value.map((member, at) => (at === position ? given : member));
}

function* readGiven(element: XmlElement, fragment: Fragment, context: WscimContext): Generator<void, CimValue, void> {
  const { property, position, isText } = fragment;
  const what = `Property ${property.name}`;
  const isWhole = position === undefined;
  const target = isWhole ? property : { ...property, type: elementType(property.type) };
  if (isNil(element)) return null;
  if (isText) {
    if (element.children.length === 0) return decodeValue([element], target, what, context);
    throw new WsmanFault('InvalidFragment', 'The path ends in text(), but the XmlFragment holds elements.');
  }
  const other = element.children.find(({ localName }) => localName.toLowerCase() !== property.name.toLowerCase());
  if (other) {
    throw new WsmanFault(
      'InvalidFragment',
      `The XmlFragment holds ${other.localName.slice(0, 100)} where ${property.name} is wanted.`,
    );
  }
  if (element.children.length === 0 && !(isWhole && property.type.array)) {
    throw new WsmanFault('InvalidFragment', `The XmlFragment holds no ${property.name}.`);
  }
  // An array without members leaves no elements.
  if (element.children.length === 0) return [];
  return yield* decodeValueInSteps(element.children, target, what, context);
}
