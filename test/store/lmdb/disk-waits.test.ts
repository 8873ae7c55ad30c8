import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../../src/cim/contracts/store-error.js';
import { DiskWaits } from '../../../src/store/lmdb/disk-waits.js';

/** A disk that is waited for as long as the test wants. */
function slowDisk() {
  const syncs: { done(): void; fail(): void }[] = [];
  const anything: { done(): void; fail(): void }[] = [];
  const one = (list: typeof syncs) => () =>
    new Promise<void>((resolve, reject) => {
      list.push({ done: resolve, fail: () => reject(new StoreError('unavailable', 'broken')) });
    });
  const waits = new DiskWaits({
    sync: one(syncs),
    commitAnything: async () => {
      const begun = waits.begin();
      try {
        await one(anything)();
      } catch (error) {
        begun.failed(error, false);
        throw error;
      }
      await begun.committed();
    },
  });
  const ended: string[] = [];
  const commit = (name: string, next?: () => void) => {
    waits
      .begin()
      .committed(next)
      .then(
        () => ended.push(name),
        () => ended.push(`${name} failed`),
      );
  };
  return { waits, syncs, anything, ended, commit };
}

describe('waits for the disk', () => {
  it('are asked for by a commit that nobody follows', async () => {
    const { syncs, ended, commit } = slowDisk();
    commit('a');
    await setImmediate();
    expect([syncs.length, ended]).toEqual([1, []]);
    syncs[0]?.done();
    await setImmediate();
    expect(ended).toEqual(['a']);
  });

  it('are those of the next commit where one follows at once', async () => {
    const { waits, syncs, ended, commit } = slowDisk();
    let second = waits.begin();
    commit('a', () => {
      second = waits.begin();
    });
    await setImmediate();
    expect([syncs.length, ended]).toEqual([0, []]);
    void second.committed();
    await setImmediate();
    expect([syncs.length, ended]).toEqual([1, ['a']]);
  });

  it('are asked for when the next commit comes to nothing', async () => {
    const { waits, syncs, ended, commit } = slowDisk();
    let second = waits.begin();
    commit('a', () => {
      second = waits.begin();
    });
    second.nothing();
    syncs[0]?.done();
    await setImmediate();
    expect(ended).toEqual(['a']);
  });

  it('of what came before a wait that failed do not end before something was committed anew', async () => {
    const { waits, syncs, anything, ended, commit } = slowDisk();
    let second = waits.begin();
    commit('a', () => {
      second = waits.begin();
    });
    second.failed(new Error('the wait of this one failed'), false);
    // A wait alone says nothing now.
    waits.begin().nothing();
    syncs[0]?.done();
    await setImmediate();
    expect(ended).toEqual([]);
    anything[0]?.done();
    await setImmediate();
    syncs[1]?.done();
    await setImmediate();
    expect(ended).toEqual(['a']);
    await waits.certain();
    expect(anything).toHaveLength(1);
  });

  it('fail when nothing can be committed anew, and what is there is uncertain until something can', async () => {
    const { waits, syncs, anything, ended, commit } = slowDisk();
    commit('a');
    syncs[0]?.fail();
    await setImmediate();
    expect(ended).toEqual(['a failed']);
    const certain = waits.certain();
    anything[0]?.fail();
    await expect(certain).rejects.toThrow('broken');
    commit('b');
    syncs[1]?.done();
    await setImmediate();
    expect(ended).toEqual(['a failed', 'b']);
    await waits.certain();
    expect(anything).toHaveLength(1);
  });

  it('are those of others for a commit that there was no room for', async () => {
    const { waits, syncs, anything, ended, commit } = slowDisk();
    let second = waits.begin();
    commit('a', () => {
      second = waits.begin();
    });
    second.failed(new Error('no room'), true);
    syncs[0]?.done();
    await setImmediate();
    expect([ended, anything]).toEqual([['a'], []]);
  });
});
