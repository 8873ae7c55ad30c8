import type { CimProperty } from '../../cim/model/cim-class.js';
import { CimError } from '../../cim/model/cim-error.js';
import type { CimKeyValue } from '../../cim/model/instance-path.js';
import { NameMap } from '../../cim/model/name-map.js';
import { shorten } from '../../cim/model/shorten.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import { decodeKey } from '../../wscim/decode-reference.js';
import { readSelectors, type SelectorRules } from '../../wscim/read-selectors.js';
import type { WscimContext } from '../../wscim/wscim-context.js';
import { isLasting } from '../../xml/lasting-elements.js';
import { attributeOf, type XmlElement } from '../../xml/xml-element.js';

/** More keys than any class has. */
const MAX_SELECTORS = 256;

/** The selectors of a request as they were written: text, or the element that holds an EPR. */
export type SelectorSet = NameMap<XmlElement>;

const emptySelectors: SelectorSet = new NameMap();

/** What was read from elements that outlive their messages, which clients send again and again. */
const remembered = new WeakMap<XmlElement, SelectorSet>();

/** Reads `w:SelectorSet` (DSP0226 §5.4.2). @throws WsmanFault DuplicateSelectors, InvalidSelectors, SelectorLimit */
export function readSelectorSet(set: XmlElement | undefined): SelectorSet {
  if (!set) return emptySelectors;
  const known = remembered.get(set);
  if (known) return known;
  if (set.children.length > MAX_SELECTORS) throw new WsmanFault('SelectorLimit');
  const selectors = readSelectors(set, rules);
  if (isLasting(set)) {
    remembered.set(set, selectors);
    lasting.add(selectors);
  }
  return selectors;
}

const lasting = new WeakSet<SelectorSet>();

/** True for selectors that outlive their message: the next one may have the very same object. */
export function isLastingSet(selectors: SelectorSet): boolean {
  return lasting.has(selectors);
}

const rules: SelectorRules = {
  nameOf: (selector) => attributeOf(selector, 'Name'),
  foreign: ({ localName }) =>
    new WsmanFault('InvalidSelectors', `Element ${localName} does not belong into a SelectorSet.`),
  unnamed: () => new WsmanFault('InvalidSelectors', 'A Selector has no Name.'),
  twice: (name) => new WsmanFault('DuplicateSelectors', `Selector ${shorten(name, 200)} is given twice.`),
};

/** The value of a selector for a key of the class. @throws WsmanFault SelectorTypeMismatch */
export function readKey(key: CimProperty, selector: XmlElement, context: WscimContext): CimKeyValue {
  try {
    return decodeKey(selector, key.name, key.type.name, `Selector ${key.name}`, context);
  } catch (error) {
    if (error instanceof CimError) throw new WsmanFault('SelectorTypeMismatch', error.message);
    throw error;
  }
}
