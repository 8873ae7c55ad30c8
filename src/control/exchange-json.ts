import type { Json } from '../cimjson/cim-json-types.js';
import type { RecordedExchange } from '../interceptors/record/recorded-exchange.js';

/** Its members in the order in which a reader looks for them. */
const MEMBERS = [
  ...(['number', 'id', 'at', 'durationMs', 'user', 'host', 'peer', 'transport', 'sealed'] as const),
  ...(['operation', 'cimOperations', 'namespace', 'class', 'method', 'selectors', 'input', 'filter'] as const),
  ...(['outcome', 'status', 'returnValue', 'returnLabel', 'outputs', 'instances', 'fault', 'reason', 'rule'] as const),
] satisfies readonly (keyof RecordedExchange)[];

/** An exchange as JSON. @param withSoap both envelopes as well, as far as they are kept */
export function exchangeJson(exchange: RecordedExchange, withSoap = false): Readonly<Record<string, Json | undefined>> {
  const json: Record<string, Json | undefined> = {};
  // One by one: some are read only when they are asked for.
  for (const member of MEMBERS) json[member] = exchange[member];
  if (withSoap) {
    const { request, response } = exchange.soap();
    json.soap = { ...(request !== undefined && { request }), ...(response !== undefined && { response }) };
  }
  return json;
}
