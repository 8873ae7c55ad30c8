import type { XmlError } from '../xml/xml-error.js';
import { WsmanFault } from './wsman-fault.js';

/** The fault for a message that could not be read. XML errors are written for the peer, so their text goes along. */
export function xmlFault(error: XmlError): WsmanFault {
  switch (error.code) {
    case 'charset':
      return new WsmanFault('CharacterSet', error.message);
    case 'limit':
      return new WsmanFault(error.limit === 'bytes' ? 'ServiceEnvelopeLimit' : 'EncodingLimit', error.message);
    case 'undeclared-prefix':
      return new WsmanFault('UndefinedNamespace', error.message);
    case 'doctype':
    case 'not-well-formed':
      return new WsmanFault('MalformedXml', error.message);
  }
}
