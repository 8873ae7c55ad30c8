import { type ExchangeHead, KeptExchange } from './kept-exchange.js';

/** An exchange as one process tells it to another: plain data, with its bodies as far as they are kept. */
export interface ToldExchange {
  readonly head: ExchangeHead;
  readonly what: ReturnType<typeof whatOf>;
  readonly request: Uint8Array | undefined;
  readonly answer: Uint8Array | undefined;
  /** When it ended, by the clock that all processes of a machine have in common, in milliseconds. */
  readonly endedAt: number;
}

/** Milliseconds of the machine's monotonic clock, which is the same in all its processes. */
export function machineTime(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export function tellExchange(kept: KeptExchange): ToldExchange {
  const { id, user, host, at, peer, tls, sealed, charset, body, answer, endedAt } = kept;
  const head = { id, user, host, at, peer, tls, sealed, charset };
  return { head, what: whatOf(kept), request: body, answer, endedAt };
}

/** @returns what the teller had, but for its number and its bodies */
export function keptOf({ head, what }: ToldExchange): KeptExchange {
  return Object.assign(new KeptExchange(head), what);
}

function whatOf(kept: KeptExchange) {
  const { durationMs, operation, method, className, namespace, kinds, returned } = kept;
  const { instances, outcome, status, fault, reason, rule } = kept;
  return {
    ...{ durationMs, operation, method, className, namespace, kinds, returned },
    ...{ instances, outcome, status, fault, reason, rule },
  };
}
