import { expect, it } from 'vitest';
import { KeptExchange } from '../../src/interceptors/record/kept-exchange.js';
import { machineTime } from '../../src/interceptors/record/told-exchange.js';
import { createOwnExchanges } from '../../src/workers/own-exchanges.js';

const ALL = { after: 0, until: Number.POSITIVE_INFINITY };

function ownExchanges(keep: number) {
  let told = 0;
  const own = createOwnExchanges({ keep, bytes: 1e6 }, () => {
    told += 1;
  });
  const take = (...ids: readonly string[]) => {
    for (const id of ids) {
      const head = {
        id,
        user: undefined,
        host: undefined,
        at: 0,
        peer: undefined,
        tls: false,
        sealed: false,
        charset: undefined,
      };
      own.take(new KeptExchange(head), Buffer.from(`to ${id}`), `from ${id}`);
    }
  };
  const ids = (wanted = ALL) => own.handOver(wanted).exchanges.map(({ head }) => head.id);
  return { own, take, ids, told: () => told };
}

it('what a worker keeps is handed over once, with its bodies, and how many had to go before', () => {
  const { own, take } = ownExchanges(2);
  take('a', 'b', 'c');
  const { exchanges, ...rest } = own.handOver(ALL);
  const texts = exchanges.map(({ request, answer }) => [request, answer].map((bytes) => String(bytes)));
  expect(texts).toEqual([
    ['to b', 'from b'],
    ['to c', 'from c'],
  ]);
  expect(rest).toEqual({ lost: 1, isMore: false });
  expect(own.handOver(ALL)).toEqual({ exchanges: [], lost: 0, isMore: false });
});

it('what ends later stays, and what is forgotten only counts', () => {
  const { own, take, ids } = ownExchanges(10);
  take('a');
  const forgotten = machineTime();
  take('b');
  const until = machineTime();
  take('c');
  expect(own.handOver({ after: forgotten, until })).toMatchObject({
    exchanges: [{ head: { id: 'b' } }],
    lost: 1,
    isMore: false,
  });
  expect(ids()).toEqual(['c']);
});

it('much is handed over some at a time', () => {
  const { own, take, ids } = ownExchanges(2000);
  take(...Array.from({ length: 1200 }, (_, each) => String(each)));
  const first = own.handOver(ALL);
  expect(first.isMore).toBe(true);
  expect([...first.exchanges.map(({ head }) => head.id), ...ids(), ...ids()]).toEqual(
    Array.from({ length: 1200 }, (_, each) => String(each)),
  );
});

it('the primary is told that there is something only while somebody waits, and once until it asks', () => {
  const { own, take, ids, told } = ownExchanges(10);
  take('a');
  expect(told()).toBe(0);
  own.watch(true);
  take('b', 'c');
  expect(told()).toBe(1);
  ids();
  expect(told()).toBe(1);
  take('d');
  expect(told()).toBe(2);
  own.watch(false);
  ids();
  take('e');
  expect(told()).toBe(2);
});
