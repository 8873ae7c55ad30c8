import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLmdbParts } from '../../../src/store/lmdb/open-parts.js';
import { instance, path } from '../instance-builders.js';
import { PACES } from './disk-paces.mjs';
import { changed, commit, created, idsOf, testFolder } from './test-tables.js';

/** A small disk of its own; undefined where this user may not mount one. */
function smallDisk(): string | undefined {
  const directory = join(testFolder(), 'disk');
  mkdirSync(directory);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m,mode=0700', 'tmpfs', directory], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', directory]));
  return directory;
}

describe('a disk that is full', () => {
  it.for(Object.entries(PACES))(
    'refuses commits, loses none, lets reads go on, and takes commits again when there is room (%s waits for it)',
    async ([, pace], { skip }) => {
      const directory = smallDisk() ?? skip('no file system can be mounted here');
      const parts = await openLmdbParts({ directory, logger: { warn: () => {} }, isShared: false, pace });
      onTestFinished(() => parts.close());
      const { backend } = parts;
      const text = 'x'.repeat(20_000);
      let version = 0;
      let refused: unknown;
      while (refused === undefined && version < 500) {
        const next = version + 1;
        const change = created(next, instance('Disk', `${next}`, { Text: text }));
        await backend.append(version, [commit(next, [change])]).then(
          () => {
            version = next;
          },
          (error: unknown) => {
            refused = error;
          },
        );
      }
      expect(refused).toMatchObject({ name: 'StoreError', kind: 'full' });
      expect(parts.problem()).toMatch(/no room/);
      expect((await parts.check()).instances).toBe(version);
      expect(await idsOf(backend, { kind: 'get', path: path('Disk', `${version}`).canonical })).toEqual([`${version}`]);
      execFileSync('mount', ['-o', 'remount,size=8m', directory]);
      const removed = Array.from({ length: 3 }, (_, at) => changed(at + 1, instance('Disk', `${at + 1}`), undefined));
      expect(await backend.append(version, [commit(version + 1, removed)])).toEqual({ kind: 'done' });
      expect(parts.problem()).toBeUndefined();
      expect((await parts.check()).problems).toEqual([]);
    },
  );
});
