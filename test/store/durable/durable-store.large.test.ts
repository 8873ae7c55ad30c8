import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { Backend, Read, Row } from '../../../src/store/durable/backend.js';
import { createDurableStore } from '../../../src/store/durable/durable-store.js';
import { writeDocument } from '../../../src/store/durable/write-document.js';
import { instance, namespace } from '../instance-builders.js';

const COUNT = 100_000;
const present = { version: 1, sequence: COUNT, cleared: 0 };

const parts = writeDocument(instance('Disk', '#', { Note: 'x'.repeat(400) })).split('#');

function rowAt(sequence: number): Row {
  return { sequence, version: 1, document: parts.join(`${sequence}`) };
}

/** A page of a class whose rows are made when they are asked for: only the store can be what keeps them. */
function pageOf({ after, last, limit }: Extract<Read, { kind: 'page' }>) {
  const count = Math.max(0, Math.min(limit, Math.min(last, COUNT) - after));
  const rows = Array.from({ length: count }, (_, at) => rowAt(after + 1 + at));
  return { kind: 'rows' as const, rows, more: after + count < Math.min(last, COUNT) };
}

const backend = {
  isExclusive: true,
  read: async (reads: readonly Read[]) => ({
    present,
    answers: reads.map((read) => (read.kind === 'page' ? pageOf(read) : { kind: 'rows' as const, rows: [] })),
  }),
  commitsAfter: async () => ({ kind: 'commits' as const, commits: [], present }),
  close: async () => {},
} as unknown as Backend;

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

describe('a walk over 100,000 instances', () => {
  it('keeps no more of them than it may', async () => {
    const store = createDurableStore(backend, { cacheBytes: 8 * 2 ** 20 });
    const asOf = await store.mark();
    const before = heapUsed();
    let [seen, after]: [number, string | undefined] = [0, undefined];
    do {
      const page: Awaited<ReturnType<typeof store.page>> = await store.page(namespace, ['Disk'], {
        asOf,
        after,
        limit: 100,
      });
      seen += page.instances.length;
      after = page.next;
      // What is forgotten is swept when the event loop comes round.
      if (seen % 10_000 === 0) await new Promise((resolve) => setImmediate(resolve));
    } while (after !== undefined);
    const grown = heapUsed() - before;
    expect(seen).toBe(COUNT);
    expect(grown / 2 ** 20).toBeLessThan(40);
    await store.close();
  }, 60_000);
});
