import type { XmlElement } from './xml-element.js';

const lasting = new WeakSet<XmlElement>();

/** Says that this element outlives its document. */
export function markLasting(element: XmlElement): void {
  lasting.add(element);
}

/** True for an element that outlives its document: the next one may hold the very same object. */
export function isLasting(element: XmlElement): boolean {
  return lasting.has(element);
}
