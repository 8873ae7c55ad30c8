import { InstancePath } from '../../cim/model/instance-path.js';
import type { RequestElement } from './request-element.js';
import { type AddressingStyle, type RequestTarget, targetOf } from './request-target.js';
import { anonymousAddress, namespaces } from './wsman-names.js';

const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** @throws TypeError when the text is no CIM name and so cannot name an element */
export function checkName(name: string, what: string): string {
  if (!NAME.test(name)) throw new TypeError(`'${name.slice(0, 60)}' is not a ${what} name`);
  return name;
}

/** @throws RangeError when the text holds a character that XML 1.0 cannot carry in any form */
export function checkText(text: string): string {
  const found = FORBIDDEN.exec(text)?.[0];
  if (found === undefined) return text;
  const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  throw new RangeError(`a value holds the character U+${code}, which XML cannot carry`);
}

/** Writes the children of an EndpointReference into an element (wire form of a CIM reference, DSP0230 §9). */
export function writeReference(element: RequestElement, path: InstancePath, style: AddressingStyle): void {
  element.ele(namespaces.addressing, 'a:Address').txt(anonymousAddress);
  const parameters = element.ele(namespaces.addressing, 'a:ReferenceParameters');
  const target = targetOf(path, style);
  parameters.ele(namespaces.wsman, 'w:ResourceURI').txt(checkText(target.resourceUri));
  writeSelectors(parameters, target, style);
}

export function writeSelectors(parent: RequestElement, target: RequestTarget, style: AddressingStyle): void {
  if (target.selectors.length === 0) return;
  const set = parent.ele(namespaces.wsman, 'w:SelectorSet');
  for (const [name, value] of target.selectors) {
    const selector = set.ele(namespaces.wsman, 'w:Selector').att('Name', checkName(name, 'selector'));
    if (value instanceof InstancePath) {
      // A key that is a reference is a whole EndpointReference (DSP0226 §5.4.2.2).
      writeReference(selector.ele(namespaces.addressing, 'a:EndpointReference'), value, style);
    } else {
      selector.txt(checkText(value));
    }
  }
}
