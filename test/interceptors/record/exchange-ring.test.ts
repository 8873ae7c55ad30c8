import { describe, expect, it } from 'vitest';
import { CallRecord } from '../../../src/cim/contracts/call.js';
import { Cancellation } from '../../../src/cim/contracts/cancellation.js';
import { ExchangeRing } from '../../../src/interceptors/record/exchange-ring.js';
import { KeptExchange } from '../../../src/interceptors/record/kept-exchange.js';

let number = 0;

function exchange(bodyBytes: number, answerBytes = 0): KeptExchange {
  const message = {
    body: Buffer.alloc(bodyBytes),
    charset: undefined,
    securityProfiles: [],
    source: undefined,
    client: new Cancellation(),
  };
  const kept = new KeptExchange(message, new CallRecord());
  kept.end({ status: 200, contentType: undefined, body: 'a'.repeat(answerBytes), outcome: {} }, message);
  number += 1;
  kept.number = number;
  return kept;
}

describe('what is kept', () => {
  it('is the last so many', () => {
    const ring = new ExchangeRing({ keep: 3, bytes: 1e9 });
    const all = Array.from({ length: 5000 }, () => exchange(1));
    for (const one of all) ring.add(one);
    expect([...ring].map((one) => one.number)).toEqual(all.slice(-3).map((one) => one.number));
    expect([ring.size, ring.bytes]).toEqual([3, 3]);
    ring.clear();
    expect([...ring, ring.size, ring.bytes]).toEqual([0, 0]);
  });

  it('is the last so many bytes of requests and answers', () => {
    const ring = new ExchangeRing({ keep: 1e6, bytes: 1000 });
    for (let each = 0; each < 100; each++) ring.add(exchange(60, 40));
    expect([ring.size, ring.bytes]).toEqual([10, 1000]);
  });

  it('is of a very large one what it was about, without its bodies', () => {
    const ring = new ExchangeRing({ keep: 10, bytes: 800 });
    ring.add(exchange(100));
    ring.add(exchange(60, 41));
    expect([...ring].map(({ body, answer }) => [body?.byteLength, answer])).toEqual([
      [100, ''],
      [undefined, undefined],
    ]);
    expect(ring.bytes).toBe(100);
  });
});

it('a body that is a small piece of a large buffer is copied', () => {
  const large = new Uint8Array(65_536);
  const message = {
    body: large.subarray(10, 20),
    charset: undefined,
    securityProfiles: [],
    source: undefined,
    client: new Cancellation(),
  };
  expect(new KeptExchange(message, new CallRecord()).body?.buffer).not.toBe(large.buffer);
});
