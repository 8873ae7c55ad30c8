import { describe, expect, it } from 'vitest';
import { CallRecord } from '../../../src/cim/contracts/call.js';
import { Cancellation } from '../../../src/cim/contracts/cancellation.js';
import { ExchangeRing } from '../../../src/interceptors/record/exchange-ring.js';
import { headOf, KeptExchange } from '../../../src/interceptors/record/kept-exchange.js';

let number = 0;

function exchange(): KeptExchange {
  const body = Buffer.alloc(0);
  const message = { body, charset: undefined, securityProfiles: [], source: undefined, client: new Cancellation() };
  const kept = new KeptExchange(headOf(message, new CallRecord()));
  number += 1;
  kept.number = number;
  return kept;
}

function add(ring: ExchangeRing, request: string, answer: string | Uint8Array = ''): void {
  ring.add(exchange(), Buffer.from(request), answer);
}

describe('what is kept', () => {
  it('is the last so many', () => {
    const ring = new ExchangeRing({ keep: 3, bytes: 1e9 });
    const all = Array.from({ length: 5000 }, exchange);
    for (const one of all) ring.add(one, Buffer.from('a'), '');
    expect([...ring].map((one) => one.number)).toEqual(all.slice(-3).map((one) => one.number));
    expect([ring.size, ring.bytes]).toEqual([3, 3]);
    ring.clear();
    expect([...ring, ring.size, ring.bytes]).toEqual([0, 0]);
  });

  it('is the last so many bytes of requests and answers', () => {
    const ring = new ExchangeRing({ keep: 1e6, bytes: 1000 });
    for (let each = 0; each < 100; each++) add(ring, 'r'.repeat(60), 'a'.repeat(40));
    expect([ring.size, ring.bytes]).toEqual([10, 1000]);
  });

  it('is of a very large one what it was about, without its bodies', () => {
    const ring = new ExchangeRing({ keep: 10, bytes: 800 });
    add(ring, 'r'.repeat(100));
    add(ring, 'r'.repeat(60), 'a'.repeat(41));
    expect([...ring].map(({ body, answer }) => [body?.byteLength, answer?.byteLength])).toEqual([
      [100, 0],
      [undefined, undefined],
    ]);
    expect(ring.bytes).toBe(100);
  });

  it('is what came, text in UTF-8 and bytes as they are', () => {
    const ring = new ExchangeRing({ keep: 1000, bytes: 1e6 });
    for (let each = 0; each < 500; each++)
      add(ring, `request ${each}`, each % 2 === 0 ? `ä€😀 ${each}` : Buffer.from(`b ${each}`));
    const texts = [...ring].map(({ body, answer }) => [
      String(Buffer.from(body ?? [])),
      String(Buffer.from(answer ?? [])),
    ]);
    expect(texts[0]).toEqual(['request 0', 'ä€😀 0']);
    expect(texts[499]).toEqual(['request 499', 'b 499']);
    expect(new Set(texts.map(([body]) => body)).size).toBe(500);
  });
});
