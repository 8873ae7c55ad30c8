import { expect, it } from 'vitest';
import type { ToldExchange } from '../../src/interceptors/record/told-exchange.js';
import { createExchangeIntake } from '../../src/workers/exchange-intake.js';

function told(id: string, endedAt: number): ToldExchange {
  const head = { id, user: undefined, host: undefined, at: 0, peer: undefined, tls: false, sealed: false, charset: undefined };
  const what = { outcome: 'answered', status: 200 } as ToldExchange['what'];
  return { head, what, request: new Uint8Array(), answer: '', endedAt };
}

it('exchanges of several processes are kept in the order in which they ended, up to the time that all have told', () => {
  const kept: string[] = [];
  const intake = createExchangeIntake(
    ({ id }) => void kept.push(id),
    () => undefined,
  );
  intake.add([told('a1', 10), told('a2', 30)]);
  intake.add([told('b1', 20), told('b2', 50)]);
  intake.keep(40);
  expect(kept).toEqual(['a1', 'b1', 'a2']);
  intake.add([told('a3', 45)]);
  intake.keep(Number.POSITIVE_INFINITY);
  intake.close();
  expect(kept).toEqual(['a1', 'b1', 'a2', 'a3', 'b2']);
});
