import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { allOpened } from '../../src/endpoint/all-opened.js';

it('what was opened together comes together', async () => {
  expect(await allOpened([Promise.resolve(1), 'two'])).toEqual([1, 'two']);
});

it('a failure is told when nothing goes on opening', async () => {
  const events: string[] = [];
  const slow = setTimeout(5).then(() => void events.push('opened'));
  const failing = Promise.reject(new Error('no'));
  await expect(allOpened([slow, failing]).finally(() => void events.push('told'))).rejects.toThrow('no');
  expect(events).toEqual(['opened', 'told']);
});
