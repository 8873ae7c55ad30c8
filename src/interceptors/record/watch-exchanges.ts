import type { CimInterceptor } from '../../cim/contracts/cim-handler.js';
import type { WsmanInterceptor } from '../../wsman/wsman-service.js';
import { headOf, KeptExchange } from './kept-exchange.js';

/** Is given each exchange when it has ended, before its answer is sent, with the bodies of both, unless they took too much to be kept. */
export type TakeExchange = (
  kept: KeptExchange,
  request: Uint8Array | undefined,
  answer: string | Uint8Array | undefined,
) => void;

/** What stands at the two seams where exchanges are seen. */
export interface ExchangeWatch {
  readonly message: WsmanInterceptor;
  readonly cim: CimInterceptor;
}

export function watchExchanges(take: TakeExchange): ExchangeWatch {
  const underWay = new Map<string, KeptExchange>();
  return {
    message: (next) => async (request, call) => {
      const kept = new KeptExchange(headOf(request, call));
      underWay.set(call.id, kept);
      let body: string | Uint8Array = '';
      try {
        const answer = await next(request, call);
        kept.end(answer, request);
        body = answer.body;
        return answer;
      } finally {
        underWay.delete(call.id);
        take(kept, request.body, body);
      }
    },
    cim: (next) => (operation, call) => {
      underWay.get(call.id)?.note(operation);
      return next(operation, call);
    },
  };
}
