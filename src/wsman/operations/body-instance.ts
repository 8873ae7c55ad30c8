import type { Call } from '../../cim/contracts/call.js';
import type { CimClass } from '../../cim/model/cim-class.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { shorten } from '../../cim/model/shorten.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import { decodeInstance, decodeInstanceInSteps } from '../../wscim/decode-value.js';
import type { WscimContext } from '../../wscim/wscim-context.js';
import type { XmlElement } from '../../xml/xml-element.js';
import { decodeInSlices } from '../decode-in-slices.js';

/**
 * Reads the instance that a Create or Put carries: the one child of its Body, named after the class or a superclass of
 * it, since clients name what they enumerated.
 *
 * @param mayBeNamed `anything`: also by a name that is none of a class. New-CimInstance -ResourceUri does not know the class, and calls
 *   it `DummyClass`
 * @throws WsmanFault MissingValues, InvalidRepresentation; CimError for properties that do not fit the class
 */
export function readBodyInstance(
  body: XmlElement,
  cimClass: CimClass,
  wscim: WscimContext,
  { cancellation }: Pick<Call, 'cancellation'>,
  mayBeNamed: 'its class' | 'anything' = 'its class',
): CimInstance | Promise<CimInstance> {
  const [element, second] = body.children;
  if (!element) throw new WsmanFault('MissingValues', 'The Body holds no instance.');
  if (second) throw new WsmanFault('InvalidRepresentation', 'The Body holds more than one instance.');
  const isNoClass = !wscim.schema.findClass(element.localName);
  if (isNoClass ? mayBeNamed === 'its class' : !wscim.schema.isA(cimClass.name, element.localName)) {
    const name = shorten(element.localName, 200);
    throw new WsmanFault('InvalidRepresentation', `Element ${name} is no instance of class ${cimClass.name}.`);
  }
  const { name } = cimClass;
  return decodeInSlices(
    element,
    cancellation,
    () => decodeInstance(element, name, name, wscim),
    () => decodeInstanceInSteps(element, name, name, wscim),
  );
}
