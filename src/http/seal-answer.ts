import type { WsmanResponse } from '../wsman/wsman-service.js';
import type { Exchange } from './exchange.js';
import { forgeRelatesTo } from './forge-relates-to.js';
import { sealResponse } from './sealed-message.js';

/** The answer as it is to leave: sealed if its request was, after somebody had their way with what it says. */
export function sealAnswer(
  { security }: Exchange,
  answer: WsmanResponse,
  tabs: boolean,
): WsmanResponse | Promise<WsmanResponse> {
  const relatesTo = answer.delivery?.relatesTo;
  const said = relatesTo === undefined ? answer : forgeRelatesTo(answer, relatesTo);
  return security === undefined ? said : sealResponse(said, security, tabs);
}
