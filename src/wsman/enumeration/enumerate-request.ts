import { WsmanFault } from '../../soap/wsman-fault.js';
import { ns } from '../../xml/namespaces.js';
import { attributeOf, type XmlElement } from '../../xml/xml-element.js';
import { parseDuration } from '../header/duration.js';

/** What an enumeration returns of each instance (DSP0226 §8.7). */
export type EnumerationMode = 'EnumerateObject' | 'EnumerateEPR' | 'EnumerateObjectAndEPR';

/** How subclasses show (DSP0227 §13.1): with all they add, with the enumerated class's part only, or not at all. */
export type PolymorphismMode = 'IncludeSubClassProperties' | 'ExcludeSubClassProperties' | 'None';

/** A filter: its dialect, and the element that holds it. */
export interface Filter {
  readonly dialect: string;
  readonly element: XmlElement;
}

/** The Body of an Enumerate. */
export interface EnumerateRequest {
  readonly filter: Filter | undefined;
  readonly mode: EnumerationMode;
  readonly polymorphism: PolymorphismMode;
  /** The answer may hold the first items. */
  readonly optimized: boolean;
  readonly maxElements: number;
  /** Milliseconds the client wants the enumeration to be kept; undefined: as long as the service likes. */
  readonly expires: number | undefined;
}

const XPATH = 'http://www.w3.org/TR/1999/REC-xpath-19991116';
const MODES = ['EnumerateObject', 'EnumerateEPR', 'EnumerateObjectAndEPR'] as const;
const POLYMORPHISM = ['IncludeSubClassProperties', 'ExcludeSubClassProperties', 'None'] as const;

/**
 * Reads `n:Enumerate`.
 *
 * @throws WsmanFault SchemaValidationError, UnsupportedEnumerationMode, PolymorphismModeNotSupported,
 *   CannotProcessFilter for two filters, UnsupportedExpirationTime
 */
export function readEnumerateRequest(body: XmlElement): EnumerateRequest {
  const [enumerate] = body.children;
  if (enumerate?.localName !== 'Enumerate' || enumerate.namespaceUri !== ns.enumeration) {
    throw new WsmanFault('SchemaValidationError', 'The Body of an Enumerate holds no n:Enumerate.');
  }
  const text = (name: string) => enumerate.children.find(({ localName }) => localName === name)?.text.trim();
  return {
    filter: readFilter(enumerate),
    mode: oneOf(MODES, text('EnumerationMode'), 'UnsupportedEnumerationMode'),
    polymorphism: oneOf(POLYMORPHISM, text('PolymorphismMode'), 'PolymorphismModeNotSupported'),
    optimized: text('OptimizeEnumeration') !== undefined,
    maxElements: readCount('MaxElements', text('MaxElements')),
    expires: readExpires(text('Expires')),
  };
}

function oneOf<T extends string>(
  values: readonly T[],
  text: string | undefined,
  fault: 'UnsupportedEnumerationMode' | 'PolymorphismModeNotSupported',
): T {
  // The first value is the default.
  const found = values.find((value, index) => (text ? value.toLowerCase() === text.toLowerCase() : index === 0));
  if (found === undefined) throw new WsmanFault(fault, `'${text?.slice(0, 60)}' is not one of ${values.join(', ')}.`);
  return found;
}

/** `w:Filter` and `n:Filter` mean the same (DSP0226 §8.2.1); a filter without Dialect is XPath by WS-Enumeration. */
function readFilter(enumerate: XmlElement): Filter | undefined {
  const [element, second] = enumerate.children.filter(({ localName }) => localName === 'Filter');
  if (second) throw new WsmanFault('CannotProcessFilter', 'There are two filters.');
  return element && { dialect: (attributeOf(element, 'Dialect') ?? XPATH).trim(), element };
}

/** A number of items; 1 when the client does not say (WS-Enumeration §3.2). */
export function readCount(name: string, text: string | undefined): number {
  if (text === undefined) return 1;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (value < 1) throw new WsmanFault('SchemaValidationError', `${name} is not a positive number.`);
  return value;
}

/** A duration or a moment; neither may be in the past. */
export function readExpires(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const milliseconds = parseDuration(text) ?? Date.parse(text) - Date.now();
  if (milliseconds > 0) return milliseconds;
  throw new WsmanFault('UnsupportedExpirationTime', `Expires '${text.slice(0, 40)}' is not a time to come.`);
}
