import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContextRecord } from '../../src/cim/context-store.js';
import { createMemoryContextStore } from '../../src/store/memory-context-store.js';

const START = 1_700_000_000_000;

function storeAt(start = START) {
  const clock = { now: start };
  return { clock, store: createMemoryContextStore(() => clock.now) };
}

const record = (owner: string, expires: number, state = '{}'): ContextRecord => ({ owner, expires, state });

describe('a context', () => {
  it('is found until it expires', async () => {
    const { clock, store } = storeAt();
    await store.add('a', record('ann', START + 1500, '{"n":1}'));
    clock.now = START + 1499;
    expect(await store.get('a')).toEqual(record('ann', START + 1500, '{"n":1}'));
    clock.now = START + 1500;
    expect(await store.get('a')).toBeUndefined();
  });

  it('is replaced by the next, with its own time and owner', async () => {
    const { clock, store } = storeAt();
    const first = record('ann', START + 1000);
    await store.add('a', first);
    expect(await store.replace('a', first, record('ben', START + 9000))).toBe(true);
    clock.now = START + 5000;
    expect((await store.get('a'))?.owner).toBe('ben');
    expect([await store.count('ann'), await store.count('ben'), await store.count()]).toEqual([0, 1, 1]);
  });

  it('is replaced by one of several who go on from the same state', async () => {
    const { store } = storeAt();
    const before = record('ann', START + 1000, '0');
    await store.add('a', before);
    const replaced = ['1', '2'].map((state) => store.replace('a', before, record('ann', START + 1000, state)));
    expect(await Promise.all(replaced)).toEqual([true, false]);
    expect((await store.get('a'))?.state).toBe('1');
  });

  it('is deleted once', async () => {
    const { store } = storeAt();
    const one = record('ann', START + 1000);
    await store.add('a', one);
    expect(await store.delete('a', one)).toBe(true);
    expect(await store.delete('a', one)).toBe(false);
    expect(await store.get('a')).toBeUndefined();
  });

  it('that has moved on is not deleted', async () => {
    const { store } = storeAt();
    const before = record('ann', START + 1000, '0');
    await store.add('a', before);
    await store.replace('a', before, record('ann', START + 1000, '1'));
    expect(await store.delete('a', before)).toBe(false);
    expect((await store.get('a'))?.state).toBe('1');
  });

  it('that has expired can be neither deleted nor replaced', async () => {
    const { clock, store } = storeAt();
    const one = record('ann', START + 300);
    await store.add('a', one);
    clock.now = START + 400;
    expect(await store.delete('a', one)).toBe(false);
    expect(await store.replace('a', one, record('ann', START + 9000))).toBe(false);
  });

  it('keeps its parts as long as it lives', async () => {
    const { clock, store } = storeAt();
    const before = record('ann', START + 1000, '0');
    await store.add('a', before, ['p', 'q']);
    await store.replace('a', before, record('ann', START + 9000, '1'));
    clock.now = START + 5000;
    expect([await store.getPart('a', 0), await store.getPart('a', 1)]).toEqual(['p', 'q']);
    expect([await store.getPart('a', 2), await store.getPart('b', 0)]).toEqual([undefined, undefined]);
    clock.now = START + 9000;
    expect(await store.getPart('a', 0)).toBeUndefined();
  });
});

describe('the context store', () => {
  it('forgets what has expired, however long nobody asks', async () => {
    const { clock, store } = storeAt();
    for (let index = 0; index < 100; index += 1) await store.add(`c${index}`, record('ann', START + index * 100));
    clock.now = START + 5000;
    expect(await store.count('ann')).toBe(50);
    clock.now = START + 1e9;
    expect([await store.count('ann'), await store.count()]).toEqual([0, 0]);
  });

  it('behaves as a map whose entries are ignored once their time has come', async () => {
    const anyStep = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      owner: fc.constantFrom('ann', 'ben'),
      kind: fc.constantFrom('add', 'replace', 'delete', 'get', 'count'),
      life: fc.integer({ min: -500, max: 4000 }),
      passes: fc.integer({ min: 0, max: 2500 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 40 }), async (steps) => {
        const { clock, store } = storeAt();
        const model = new Map<string, ContextRecord>();
        for (const { id, owner, kind, life, passes } of steps) {
          clock.now += passes;
          const alive = (each: ContextRecord | undefined) => each !== undefined && each.expires > clock.now;
          const present = model.get(id) ?? record(owner, 0);
          if (kind === 'add') {
            model.set(id, record(owner, clock.now + life));
            await store.add(id, record(owner, clock.now + life));
          } else if (kind === 'replace') {
            const next = record(owner, clock.now + life);
            expect(await store.replace(id, present, next)).toBe(alive(present));
            if (alive(present)) model.set(id, next);
          } else if (kind === 'delete') {
            expect(await store.delete(id, present)).toBe(alive(present));
            // What has expired is not deleted, and counts until its second is over.
            if (alive(present)) model.delete(id);
          } else if (kind === 'get') {
            expect(await store.get(id)).toEqual(alive(model.get(id)) ? model.get(id) : undefined);
          } else {
            const owned = [...model.values()].filter((each) => each.owner === owner);
            const count = await store.count(owner);
            expect(count).toBeGreaterThanOrEqual(owned.filter(alive).length);
            expect(count).toBeLessThanOrEqual(owned.filter((each) => each.expires > clock.now - 1000).length);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
