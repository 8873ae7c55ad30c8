import { NameMap } from '../cim/model/name-map.js';
import type { XmlElement } from '../xml/xml-element.js';

/** How a `w:SelectorSet` is read in one place: a header refuses more than a reference, and each has its own errors. */
export interface SelectorRules {
  nameOf(selector: XmlElement): string | undefined;
  /** The error for an element that is no `Selector`; undefined when such elements are passed over. */
  foreign(element: XmlElement, what: string): Error | undefined;
  unnamed(what: string): Error;
  twice(name: string, what: string): Error;
}

/**
 * The selectors of a `w:SelectorSet` (DSP0226 §5.4.2) as they were written: text, or the element that holds an EPR.
 *
 * @param what names the element that the set belongs to, for the errors
 * @throws what the rules say
 */
export function readSelectors(set: XmlElement, rules: SelectorRules, what = ''): NameMap<XmlElement> {
  const selectors = new NameMap<XmlElement>();
  for (const selector of set.children) {
    if (selector.localName !== 'Selector') {
      const error = rules.foreign(selector, what);
      if (error) throw error;
      continue;
    }
    const name = rules.nameOf(selector)?.trim();
    if (!name) throw rules.unnamed(what);
    const { size } = selectors;
    if (selectors.set(name, selector).size === size) throw rules.twice(name, what);
  }
  return selectors;
}
