import { describe, expect, it } from 'vitest';
import { createMemoryContextStore } from '../../../src/store/memory/memory-context-store.js';
import {
  advanceEnumeration,
  endEnumeration,
  loadEnumeration,
  readPart,
  renewEnumeration,
  storeEnumeration,
} from '../../../src/wsman/enumeration/enumeration-contexts.js';
import type { EnumerationState } from '../../../src/wsman/enumeration/enumeration-state.js';

const TERMS = { lifetime: 10_000, atMost: 2 };

const stateOf = (pending: readonly string[] = ['a', 'b']): EnumerationState => ({
  namespace: 'root/test',
  shape: { kind: 'markup' },
  pending,
  position: 0,
  partItems: 0,
});

function timedStore() {
  const clock = { now: 0 };
  return { clock, store: createMemoryContextStore(() => clock.now) };
}

/** A stored enumeration of ann's. */
async function stored(state = stateOf()) {
  const { clock, store } = timedStore();
  const id = String(await storeEnumeration(store, 'ann', state, TERMS));
  return { clock, store, id, load: () => loadEnumeration(store, 'ann', id) };
}

const invalid = { key: 'InvalidEnumerationContext' };

describe('a stored enumeration', () => {
  it('is loaded as it was stored, with the time that is left', async () => {
    const { clock, load } = await stored();
    clock.now = 4000;
    expect(await load()).toMatchObject({ state: stateOf(), remaining: 6000 });
  });

  it('is one of as many as are allowed', async () => {
    const { store } = await stored();
    expect(await storeEnumeration(store, 'ann', stateOf(), TERMS)).toMatch(/^uuid:/);
    expect(await storeEnumeration(store, 'ann', stateOf(), TERMS)).toBeUndefined();
  });

  it('is nothing to another user', async () => {
    const { store, id } = await stored();
    await expect(loadEnumeration(store, 'ben', id)).rejects.toMatchObject(invalid);
  });

  it('is no subscription: what is kept of one is not pulled from', async () => {
    const { store } = timedStore();
    const state = JSON.stringify(stateOf());
    await store.add('uuid:S', { kind: 'subscription', owner: 'ann', state }, TERMS);
    await expect(loadEnumeration(store, 'ann', 'uuid:S')).rejects.toMatchObject(invalid);
  });

  it('keeps many pending items in parts', async () => {
    const items = Array.from({ length: 1200 }, (_, index) => `i${index}`);
    const { store, id, load } = await stored(stateOf(items));
    expect((await load()).state).toMatchObject({ pending: [], position: 0, partItems: 1200 });
    expect(await readPart(store, id, 1150)).toEqual(items.slice(1150));
  });

  it('ends once', async () => {
    const { store, load } = await stored();
    const loaded = await load();
    expect(await endEnumeration(store, loaded)).toBe(true);
    expect(await endEnumeration(store, loaded)).toBe(false);
    await expect(load()).rejects.toMatchObject(invalid);
  });
});

describe('going on with an enumeration', () => {
  it('keeps it for the whole time again', async () => {
    const { clock, store, load } = await stored();
    clock.now = 9000;
    expect(await advanceEnumeration(store, await load(), stateOf(['b']), 10_000)).toBe(true);
    expect(await load()).toMatchObject({ state: stateOf(['b']), remaining: 10_000 });
  });

  it('leaves the end that a client has asked for', async () => {
    const { clock, store, load } = await stored();
    expect(await renewEnumeration(store, await load(), 5000)).toBe(true);
    clock.now = 3000;
    const loaded = await load();
    expect(await advanceEnumeration(store, loaded, { ...loaded.state, pending: ['b'] }, 10_000)).toBe(true);
    expect((await load()).remaining).toBe(2000);
  });

  it('is void when another request has gone on with it', async () => {
    const { store, load } = await stored();
    const loaded = await load();
    await advanceEnumeration(store, loaded, stateOf(['b']), 10_000);
    expect(await advanceEnumeration(store, loaded, stateOf([]), 10_000)).toBe(false);
    expect(await renewEnumeration(store, loaded, 10_000)).toBe(false);
  });

  it('ends it when nothing is left', async () => {
    const { store, load } = await stored();
    await advanceEnumeration(store, await load(), undefined, 10_000);
    await expect(load()).rejects.toMatchObject(invalid);
  });
});
