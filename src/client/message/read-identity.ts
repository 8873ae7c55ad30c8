import { childText, descendants, findChild, type ResponseElement } from './response-element.js';

/** What an endpoint says about itself (DSP0226 §11). */
export interface Identity {
  readonly protocolVersion: string | undefined;
  readonly productVendor: string | undefined;
  readonly productVersion: string | undefined;
  /** URIs; Windows gives them to authenticated callers only. */
  readonly securityProfiles: readonly string[];
  /** The answer as it came. */
  readonly xml: string;
}

/** Reads the Body of an Identify answer. OMI puts its children into the SOAP namespace. @returns undefined if it is none */
export function readIdentity(body: ResponseElement, xml: string): Identity | undefined {
  const response = findChild(body, 'IdentifyResponse');
  if (!response) return undefined;
  const profiles = [...descendants(response)].filter((element) => element.name === 'SecurityProfileName');
  return {
    protocolVersion: childText(response, 'ProtocolVersion'),
    productVendor: childText(response, 'ProductVendor'),
    productVersion: childText(response, 'ProductVersion'),
    securityProfiles: profiles.map((element) => element.text.trim()),
    xml,
  };
}
