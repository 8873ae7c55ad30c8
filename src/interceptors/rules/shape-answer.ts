import type { WsmanResponse } from '../../wsman/wsman-service.js';
import type { Firing } from './perform-plan.js';
import type { RulePlan } from './rule-plan.js';

/** An answer that ends in the middle of a tag, and one that is no XML at all, as proxies send them. */
const MALFORMED = {
  xml: '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><unclosed></s:Body>',
  empty: '',
  html: '<!DOCTYPE html><html><head><title>Gateway</title></head><body><h1>Please wait</h1></body></html>\n',
} as const;

/** The answer of a message as the rule that fired at it wants it to leave. */
export function shapeAnswer(response: WsmanResponse, { id, plan, isDone }: Firing): WsmanResponse {
  const marked = { ...response, outcome: { ...response.outcome, rule: id } };
  // Its time was up, or its client gone, before the rule came to its answer.
  if (!isDone) return marked;
  const delivery = { ...response.delivery, ...plan.delivery };
  const shaped = shapeBody(marked, plan);
  return Object.keys(delivery).length === 0 ? shaped : { ...shaped, delivery };
}

function shapeBody(response: WsmanResponse, { answer, truncate }: RulePlan): WsmanResponse {
  switch (answer?.kind) {
    case 'http':
      return { ...withoutFault(response), status: answer.status, contentType: undefined, body: '' };
    case 'none':
      return withoutFault(response);
    case 'malformed': {
      const contentType = answer.as === 'html' ? 'text/html;charset=UTF-8' : 'application/soap+xml;charset=UTF-8';
      return { ...withoutFault(response), status: 200, contentType, body: MALFORMED[answer.as] };
    }
    default:
      if (truncate === undefined) return response;
      return { ...response, body: Buffer.from(response.body).subarray(0, truncate) };
  }
}

/** The fault that ended the operation is not what the client gets. */
function withoutFault(response: WsmanResponse): WsmanResponse {
  const { fault: _fault, reason: _reason, tellable: _tellable, cause: _cause, ...outcome } = response.outcome;
  return { ...response, outcome };
}
