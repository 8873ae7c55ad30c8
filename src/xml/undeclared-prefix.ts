import { ns } from './namespaces.js';
import type { QualifiedName } from './qualified-name.js';
import { undeclaredPrefix } from './xml-error.js';

/** What an element stands in. */
interface Parent {
  readonly localName: string;
  readonly namespaceUri: string;
}

/** How many elements the value of a parameter, a property or a Selector stands in: Envelope, Body, its element, the parameter. */
const LEAST_DEPTH = 4;

/**
 * The namespace of an element whose prefix nobody declared. Such a document is refused, as Windows does, but for one thing: libmi,
 * the library below the CIM cmdlets, declares `a` and `w` and writes every reference with `wsa` and `wsman` all the same (recorded
 * requests in fixtures/captures). So these two have their meaning in a reference that is a value, and nowhere else.
 *
 * @param depth how many elements it stands in
 * @param parent the innermost of them
 * @throws XmlError
 */
export function namespaceOfUndeclared(name: QualifiedName, depth: number, parent: Parent | undefined): string {
  if (parent !== undefined && depth >= LEAST_DEPTH) {
    if (name.prefix === 'wsa' && isStartOfReference(name.localName)) return ns.addressing;
    if (name.prefix === 'wsman' && isInReference(name.localName, parent)) return ns.wsman;
  }
  throw undeclaredPrefix(name);
}

function isStartOfReference(localName: string): boolean {
  return localName === 'Address' || localName === 'ReferenceParameters';
}

function isInReference(localName: string, parent: Parent): boolean {
  if (localName === 'Selector') return parent.localName === 'SelectorSet' && parent.namespaceUri === ns.wsman;
  const isPart = localName === 'ResourceURI' || localName === 'SelectorSet';
  return isPart && parent.localName === 'ReferenceParameters' && parent.namespaceUri === ns.addressing;
}
