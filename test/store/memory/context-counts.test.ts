import { expect, test } from 'vitest';
import { ContextCounts } from '../../../src/store/memory/context-counts.js';

test('records are counted by kind and owner, and by kind alone', () => {
  const counts = new ContextCounts();
  const one = { kind: 'enumeration', owner: 'ann', state: '' } as const;
  counts.add(one);
  counts.add(one);
  counts.add({ ...one, owner: 'ben' });
  counts.add({ ...one, kind: 'subscription' });
  counts.remove(one);
  expect(['ann', 'ben', 'eve', undefined].map((owner) => counts.get('enumeration', owner))).toEqual([1, 1, 0, 2]);
  expect(['ann', 'ben', undefined].map((owner) => counts.get('subscription', owner))).toEqual([1, 0, 1]);
});
