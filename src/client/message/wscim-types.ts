import type { MarkedTypeName } from '../client-value.js';
import { splitName } from './namespace-scope.js';
import { attributeValue, type ResponseElement } from './response-element.js';

/** The WS-CIM name of each intrinsic type, in the namespace of WS-CIM's common definitions (DSP0230 §9.2). */
export const wscimTypes: Readonly<Record<MarkedTypeName, string>> = {
  boolean: 'cimBoolean',
  uint8: 'cimUnsignedByte',
  sint8: 'cimByte',
  uint16: 'cimUnsignedShort',
  sint16: 'cimShort',
  uint32: 'cimUnsignedInt',
  sint32: 'cimInt',
  uint64: 'cimUnsignedLong',
  sint64: 'cimLong',
  real32: 'cimFloat',
  real64: 'cimDouble',
  char16: 'cimChar16',
  string: 'cimString',
  datetime: 'cimDateTime',
};

const typesByWscimName = new Map(
  Object.entries(wscimTypes).map(([type, name]) => [name, type as MarkedTypeName] as const),
);

/** The intrinsic type that an element of an answer says to be of (`xsi:type="cim:cimUnsignedInt"`); undefined when it says none. */
export function markedType(element: ResponseElement): MarkedTypeName | undefined {
  return typesByWscimName.get(splitName(attributeValue(element, 'type')?.trim() ?? '')[1]);
}
