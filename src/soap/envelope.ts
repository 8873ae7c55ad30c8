import { ns } from '../xml/namespaces.js';
import type { XmlElement } from '../xml/xml-element.js';
import { WsmanFault } from './wsman-fault.js';

/** A SOAP 1.2 envelope taken apart. */
export interface Envelope {
  /** The header blocks in the order of the message; none when there is no Header. */
  readonly headers: readonly XmlElement[];
  readonly body: XmlElement;
}

/**
 * Takes an envelope apart (SOAP 1.2 §5.1).
 *
 * @throws {@link WsmanFault} `VersionMismatch` for another envelope namespace, `SchemaValidationError` for anything
 * that is not an optional Header followed by a Body
 */
export function parseEnvelope(root: XmlElement): Envelope {
  if (root.localName !== 'Envelope') {
    throw new WsmanFault('SchemaValidationError', 'The message is not a SOAP envelope.');
  }
  if (root.namespaceUri !== ns.soap) throw new WsmanFault('VersionMismatch');
  const [first, second] = root.children;
  const header = first !== undefined && isSoap(first, 'Header') ? first : undefined;
  const body = header === undefined ? first : second;
  if (body === undefined || !isSoap(body, 'Body')) {
    throw new WsmanFault('SchemaValidationError', 'The SOAP envelope has no Body in its place.');
  }
  if (root.children.length > (header === undefined ? 1 : 2)) {
    throw new WsmanFault('SchemaValidationError', 'The SOAP envelope holds more than a Header and a Body.');
  }
  return { headers: header?.children ?? [], body };
}

/**
 * The header blocks of what is no envelope as {@link parseEnvelope} wants it, wherever the Header stands and in whatever version of
 * SOAP: enough to say which message a fault is about.
 */
export function headersOfInvalid(root: XmlElement): readonly XmlElement[] {
  const header = root.children.find(
    ({ localName, namespaceUri }) => localName === 'Header' && (namespaceUri === ns.soap || namespaceUri === ns.soap11),
  );
  return header?.children ?? [];
}

/**
 * The header block of a name, or `undefined`.
 *
 * @throws {@link WsmanFault} `InvalidMessageInformationHeader` when the block is there more than once
 */
export function headerBlock(
  headers: readonly XmlElement[],
  namespaceUri: string,
  localName: string,
): XmlElement | undefined {
  let found: XmlElement | undefined;
  for (const block of headers) {
    if (block.localName !== localName || block.namespaceUri !== namespaceUri) continue;
    if (found !== undefined) {
      throw new WsmanFault('InvalidMessageInformationHeader', `The header ${localName} is given more than once.`);
    }
    found = block;
  }
  return found;
}

function isSoap(element: XmlElement, localName: string): boolean {
  return element.localName === localName && element.namespaceUri === ns.soap;
}
