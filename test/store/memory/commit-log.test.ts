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
  log.add(changes, undefined);
  return new WeakRef(changes);
}

it('keeps nothing of a commit that it has forgotten', async () => {
  const log = new CommitLog();
  const forgotten = addForgotten(log);
  log.add(manyChanges(), undefined);
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  await vi.waitFor(() => {
    collect();
    expect(forgotten.deref() === undefined).toBe(true);
  });
  expect(log.after('1', 1)).toMatchObject({ kind: 'commits', commits: [{ version: '2' }] });
});
