import type { CimDateTime } from '../cim/model/cim-date-time.js';
import { ns } from '../xml/namespaces.js';
import type { XmlElement } from '../xml/xml-element.js';
import { parseIsoDateTime } from './iso-date-time.js';
import { typeMismatch, UnreadableValueError } from './type-mismatch.js';

/**
 * Reads a datetime: `<cim:Datetime>`, `<cim:Interval>` and their kin inside the element, or the text alone, in ISO or
 * CIM form (DSP0230 §9.2.2).
 *
 * @param what names the element in messages
 * @throws CimError TypeMismatch
 */
export function decodeDateTime(element: XmlElement, what: string): CimDateTime {
  const [child, ...more] = element.children;
  if (child && (more.length > 0 || (child.namespaceUri !== ns.cimCommon && child.namespaceUri !== ''))) {
    throw typeMismatch(what, 'a datetime holds one element of the WS-CIM common namespace, or text');
  }
  const text = child?.text ?? element.text;
  const value = parseIsoDateTime(text);
  if (!value) throw new UnreadableValueError(what, text, 'datetime');
  return value;
}
