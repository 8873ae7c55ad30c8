import type { ClientValue } from '../client-value.js';
import { realText, TypedValue } from '../client-value.js';
import type { RequestElement } from '../message/request-element.js';
import { checkText } from '../message/request-writer.js';
import { namespaces } from '../message/wsman-names.js';

/** The last step of a fragment's path: the property that it leads to, and whether to its bare text. */
const LAST_STEP = /(?:^|\/)(?:[\w.-]+:)?([\p{L}_][\p{L}\p{N}_]*)(?:\[[^\]]*\])?(\/text\(\))?$/u;

/**
 * Writes `w:XmlFragment` with a new value (DSP0226 §7.7): elements of the property's name, or text where the path asks for text.
 *
 * @param writeElements writes the elements of a value by that name
 * @throws TypeError when the path does not end in a property, or the value has no text
 */
export function writeFragment(
  body: RequestElement,
  xpath: string,
  value: ClientValue,
  writeElements: (fragment: RequestElement, name: string, value: ClientValue) => void,
): void {
  const [, name, isText] = LAST_STEP.exec(xpath) ?? [];
  if (name === undefined) throw new TypeError(`'${xpath.slice(0, 60)}' does not end in the name of a property`);
  const fragment = body.ele(namespaces.wsman, 'w:XmlFragment');
  if (isText === undefined) writeElements(fragment, name, value);
  else if (value === null) fragment.att(namespaces.xsi, 'xsi:nil', 'true');
  else fragment.txt(checkText(textOf(value, xpath)));
}

function textOf(value: Exclude<ClientValue, null>, xpath: string): string {
  const plain = value instanceof TypedValue ? value.value : value;
  if (typeof plain !== 'object') return realText(plain);
  throw new TypeError(`${xpath.slice(0, 60)} takes text, a number or a boolean`);
}
