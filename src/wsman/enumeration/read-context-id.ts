import { WsmanFault } from '../../soap/wsman-fault.js';
import { ns } from '../../xml/namespaces.js';
import type { XmlElement } from '../../xml/xml-element.js';

/** The EnumerationContext in a Pull, Release, GetStatus or Renew. @throws WsmanFault SchemaValidationError, InvalidEnumerationContext */
export function readContextId(body: XmlElement | undefined, name: string): string {
  if (body?.localName !== name || body.namespaceUri !== ns.enumeration) {
    throw new WsmanFault('SchemaValidationError', `The Body of a ${name} holds no n:${name}.`);
  }
  const id = body.children.find(({ localName }) => localName === 'EnumerationContext')?.text.trim();
  if (!id) throw new WsmanFault('InvalidEnumerationContext', `The ${name} names no EnumerationContext.`);
  return id;
}
