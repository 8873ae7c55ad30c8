import { expect, test } from 'vitest';
import { createResets } from '../../src/endpoint/resets.js';

test('whoever added itself is told of each reset, in the order of adding', () => {
  const told: string[] = [];
  const resets = createResets();
  resets.onReset(() => void told.push('recorder'));
  resets.onReset(() => void told.push('rules'));
  resets.tell();
  resets.tell();
  expect(told).toEqual(['recorder', 'rules', 'recorder', 'rules']);
});
