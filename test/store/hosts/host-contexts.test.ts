import { describe, expect, it } from 'vitest';
import { hostContexts } from '../../../src/store/hosts/host-contexts.js';
import { createMemoryContextStore } from '../../../src/store/memory/memory-context-store.js';

const record = { kind: 'enumeration', owner: 'ann', state: '0' } as const;
const terms = { lifetime: 60_000, atMost: 1 };

function twoHosts() {
  const store = createMemoryContextStore();
  return { store, first: hostContexts(store, 'srv01', true), second: hostContexts(store, 'srv02', false) };
}

describe('what a client has begun with a host', () => {
  it('is what it was for that host, and unknown to another', async () => {
    const { first, second } = twoHosts();
    expect(await second.add('a', record, { ...terms, parts: ['p'] })).toBe(true);
    expect(await second.get('a')).toMatchObject(record);
    expect(await second.getPart('a', 0)).toBe('p');
    for (const id of ['a', '@srv02/0/a', '@srv02/a']) {
      expect([await first.get(id), await first.getPart(id, 0)]).toEqual([undefined, undefined]);
      expect([await first.replace(id, '0', '1'), await first.delete(id, '0')]).toEqual([false, false]);
    }
    expect(await second.replace('a', '0', '1')).toBe(true);
    expect(await second.delete('a', '1')).toBe(true);
  });

  it('counts for that host alone', async () => {
    const { store, first, second } = twoHosts();
    expect([await first.add('a', record, terms), await second.add('b', record, terms)]).toEqual([true, true]);
    expect(await second.add('c', record, terms)).toBe(false);
    expect([await first.count('enumeration', 'ann'), await store.count('enumeration')]).toEqual([1, 2]);
  });

  it.each([true, false])('is forgotten with that host alone (the default one: %s)', async (isDefault) => {
    const { first, second } = twoHosts();
    const [cleared, other] = isDefault ? [first, second] : [second, first];
    for (const one of [cleared, other]) await one.add('a', record, terms);
    await cleared.clear();
    expect([await cleared.get('a'), await cleared.replace('a', '0', '1')]).toEqual([undefined, false]);
    expect(await cleared.add('a', record, terms)).toBe(true);
    expect(await cleared.get('a')).toMatchObject(record);
    expect(await other.get('a')).toMatchObject(record);
  });
});
