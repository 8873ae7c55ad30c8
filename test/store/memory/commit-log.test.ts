import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, vi } from 'vitest';
import type { InstanceChange } from '../../../src/cim/contracts/instance-store.js';
import { CommitLog } from '../../../src/store/memory/commit-log.js';
import { instance, path } from '../instance-builders.js';

const MOST_CHANGES = 16_384;

/** As many changes as are remembered, of one instance. */
function manyChanges(): readonly InstanceChange[] {
  const change = { path: path('Disk', 'd'), before: undefined, after: instance('Disk', 'd') };
  return Array.from({ length: MOST_CHANGES }, () => change);
}

function addForgotten(log: CommitLog): WeakRef<object> {
  const changes = manyChanges();
  log.add(changes, undefined, 0);
  return new WeakRef(changes);
}

it('keeps nothing of a commit that it has forgotten', async () => {
  const log = new CommitLog();
  const forgotten = addForgotten(log);
  log.add(manyChanges(), undefined, 0);
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  await vi.waitFor(() => {
    collect();
    expect(forgotten.deref() === undefined).toBe(true);
  });
  expect(log.after('1', 1)).toMatchObject({ kind: 'commits', commits: [{ version: '2' }] });
});

it('forgets by the bytes of what was replaced, even the commit that was just added', () => {
  const log = new CommitLog();
  for (let version = 1; version <= 4; version++) log.add([], undefined, 6 * 1024 * 1024);
  expect(log.after('1', 1)).toEqual({ kind: 'forgotten' });
  expect(log.after('2', 9)).toMatchObject({ kind: 'commits', commits: [{ version: '3' }, { version: '4' }] });
  log.add([], undefined, 20 * 1024 * 1024);
  expect(log.after('4', 1)).toEqual({ kind: 'forgotten' });
  log.add([], undefined, 1);
  expect(log.after('5', 1)).toMatchObject({ kind: 'commits', commits: [{ version: '6' }] });
});
