import { expect, test } from 'vitest';
import { ClassCounts } from '../../../src/store/memory/class-counts.js';
import { path } from '../instance-builders.js';

test('paths are counted by class and namespace, however these are spelled', () => {
  const counts = new ClassCounts();
  counts.add(path('A', '1'));
  counts.add(path('a', '2', 'ROOT/TEST'));
  expect(counts.get('\\root\\test\\', 'A')).toBe(2);
  counts.add(path('A', '3'));
  counts.add(path('B', '4'));
  counts.add(path('A', '5', 'root/other'));
  expect([counts.get('root/test', 'A'), counts.get('root/test', 'B'), counts.get('root/other', 'a')]).toEqual([
    3, 1, 1,
  ]);
  expect([counts.get('root/test', 'C'), counts.get('root', 'A')]).toEqual([0, 0]);
});
