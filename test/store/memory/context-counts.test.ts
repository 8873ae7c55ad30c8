import { expect, test } from 'vitest';
import { ContextCounts } from '../../../src/store/memory/context-counts.js';

test('records are counted by kind and owner, and by kind alone', () => {
  const counts = new ContextCounts();
  const one = { kind: 'enumeration', owner: 'ann', state: '' } as const;
  counts.add(one, 10);
  counts.add(one, 20);
  counts.add({ ...one, owner: 'ben' }, 40);
  counts.add({ ...one, kind: 'subscription' }, 80);
  counts.remove(one, 10);
  const sums = (kind: 'enumeration' | 'subscription') =>
    ['ann', 'ben', 'eve', undefined].map((owner) => Object.values(counts.get(kind, owner)));
  expect(sums('enumeration')).toEqual([[1, 20], [1, 40], [0, 0], [2, 60]]); // biome-ignore format: a table
  expect(sums('subscription')).toEqual([[1, 80], [0, 0], [0, 0], [1, 80]]); // biome-ignore format: a table
});
