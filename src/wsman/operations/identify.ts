import { release } from 'node:os';
import { writeBareEnvelope } from '../../soap/message.js';
import { escapeText } from '../../xml/escape-xml.js';
import { ns } from '../../xml/namespaces.js';
import type { XmlElement } from '../../xml/xml-element.js';

/** True for the Body of an Identify request, the one message without WS-Addressing (DSP0226 §11). */
export function isIdentify(body: XmlElement): boolean {
  const [first] = body.children;
  return first?.localName === 'Identify' && first.namespaceUri === ns.identity;
}

/**
 * The answer to Identify. Who is not authenticated learns neither the system's version nor which security profiles
 * there are (MS-WSMV 3.1.4.1.23). ProductVersion keeps Windows' form, which clients take apart.
 */
export function identify(authenticated: boolean, securityProfiles: readonly string[]): string {
  const version = `OS: ${authenticated ? release().split('-')[0] : '0.0.0'} SP: 0.0 Stack: 3.0`;
  const profiles = securityProfiles.map(
    (profile) => `<wsmid:SecurityProfileName>${escapeText(profile)}</wsmid:SecurityProfileName>`,
  );
  const security =
    authenticated && profiles.length > 0 ? `<wsmid:SecurityProfiles>${profiles.join('')}</wsmid:SecurityProfiles>` : '';
  return writeBareEnvelope(
    `<wsmid:IdentifyResponse xmlns:wsmid="${ns.identity}"><wsmid:ProtocolVersion>${ns.wsman}</wsmid:ProtocolVersion>` +
      `<wsmid:ProductVendor>Cimulator</wsmid:ProductVendor><wsmid:ProductVersion>${escapeText(version)}</wsmid:ProductVersion>` +
      `${security}</wsmid:IdentifyResponse>`,
  );
}
