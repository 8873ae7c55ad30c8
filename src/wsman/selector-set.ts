import type { InstancePath } from '../cim/instance-path.js';
import { NameMap } from '../cim/name-map.js';
import { WsmanFault } from '../soap/wsman-fault.js';
import { decodeReference } from '../wscim/decode-reference.js';
import type { WscimContext } from '../wscim/wscim-context.js';
import { attributeOf, type XmlElement } from '../xml/xml-element.js';

/** More keys than any class has. */
const MAX_SELECTORS = 256;

/** The selectors of a request as they were written: text, or the element that holds an EPR. */
export type SelectorSet = NameMap<XmlElement>;

const emptySelectors: SelectorSet = new NameMap();

/** Reads `w:SelectorSet` (DSP0226 §5.4.2). @throws WsmanFault DuplicateSelectors, InvalidSelectors, SelectorLimit */
export function readSelectorSet(set: XmlElement | undefined): SelectorSet {
  if (!set) return emptySelectors;
  if (set.children.length > MAX_SELECTORS) throw new WsmanFault('SelectorLimit');
  const selectors = new NameMap<XmlElement>();
  for (const selector of set.children) {
    if (selector.localName !== 'Selector') {
      throw new WsmanFault('InvalidSelectors', `Element ${selector.localName} does not belong into a SelectorSet.`);
    }
    const name = attributeOf(selector, 'Name')?.trim();
    if (!name) throw new WsmanFault('InvalidSelectors', 'A Selector has no Name.');
    if (selectors.has(name)) throw new WsmanFault('DuplicateSelectors', `Selector ${name} is given twice.`);
    selectors.set(name, selector);
  }
  return selectors;
}

/** The text of a selector, or the path of the EPR in it. @throws WsmanFault SelectorTypeMismatch */
export function selectorValue(name: string, selector: XmlElement, context: WscimContext): string | InstancePath {
  if (selector.children.length === 0) return selector.text;
  try {
    return decodeReference(selector, '', `selector ${name}`, context);
  } catch (error) {
    throw new WsmanFault('SelectorTypeMismatch', error instanceof Error ? error.message : undefined);
  }
}
