import type { WsmanRequest, WsmanResponse } from '../../wsman/wsman-service.js';

/** Whether the client does not get all of an answer: nobody waits for it any more, or somebody wants it so. */
export function isLost({ delivery }: WsmanResponse, { client }: WsmanRequest): boolean {
  if (client.aborted) return true;
  if (delivery === undefined) return false;
  return delivery.cutAfter !== undefined || (delivery.end !== undefined && delivery.end.when !== 'after');
}
