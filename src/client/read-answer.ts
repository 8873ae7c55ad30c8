import type { NameMap } from '../cim/name-map.js';
import { type OutputValue, readValues } from './read-value.js';
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

/** What a method returned. */
export interface InvokeResult {
  /** ReturnValue, when the answer has one and it is an integer that fits a number; else see `outputs`. */
  readonly returnValue: number | undefined;
  /** Out parameters by name, in any case; without ReturnValue when `returnValue` has it. */
  readonly outputs: NameMap<OutputValue>;
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

/**
 * Reads the Body of a method's answer. The output element is its first child whatever its name: `METHOD_OUTPUT` by the
 * standard, the class name from OMI. A Body without one is a method without outputs.
 */
export function readInvokeResult(body: ResponseElement, xml: string): InvokeResult {
  const [output] = body.children;
  const outputs = output ? readValues(output) : readValues(body);
  const returned = outputs.get('ReturnValue');
  const returnValue = typeof returned === 'string' ? integer(returned) : undefined;
  if (returnValue !== undefined) outputs.delete('ReturnValue');
  return { returnValue, outputs, xml };
}

function integer(text: string): number | undefined {
  const value = /^\s*[+-]?\d{1,16}\s*$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}
