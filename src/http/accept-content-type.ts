import { isSoap, parseContentType } from './content-type.js';
import type { Exchange } from './exchange.js';
import { type Refusal, refusals } from './refusal.js';

/** Refuses what is no SOAP message by its head. Of a sealed message the head only says that it is one. */
export function acceptContentType(exchange: Exchange): Refusal | undefined {
  if (exchange.security !== undefined) return undefined;
  const { 'content-type': value, 'content-encoding': encoding } = exchange.request.headers;
  if (value === undefined) return refusals.noContentType;
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') return refusals.contentEncoding;
  const type = parseContentType(value);
  if (type === undefined || !isSoap(type)) return refusals.wrongContentType;
  exchange.contentType = type;
  return undefined;
}
