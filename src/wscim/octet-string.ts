import { typeMismatch } from './type-mismatch.js';

const LENGTH_BYTES = 4;

/**
 * An OctetString in CIM starts with its own length, four bytes in network order that count themselves (DSP0004
 * §5.6.3.35); on the wire it is base64 without them.
 */
export function octetsFromBase64(text: string, what: string): readonly number[] {
  const compact = text.replace(/\s+/g, '');
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact))
    throw typeMismatch(what, 'the text is not base64');
  const octets = Buffer.from(compact, 'base64');
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(octets.length + LENGTH_BYTES);
  return [...length, ...octets];
}

/** The base64 of an OctetString's content; undefined when its length prefix is not right. */
export function base64FromOctets(value: readonly unknown[]): string | undefined {
  if (!value.every((octet): octet is number => typeof octet === 'number')) return undefined;
  const octets = Buffer.from(value);
  if (octets.length < LENGTH_BYTES || octets.readUInt32BE(0) !== octets.length) return undefined;
  return octets.subarray(LENGTH_BYTES).toString('base64');
}
