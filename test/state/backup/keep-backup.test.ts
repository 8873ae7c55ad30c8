import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepBackup } from '../../../src/state/backup/keep-backup.js';
import { readBackup } from '../../../src/state/backup/read-backup.js';
import { instance } from '../../store/instance-builders.js';
import { keptState } from '../kept-state.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cimulator-keep-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('backups that are kept', () => {
  it('are the last three, and what else lies there stays', async () => {
    const state = keptState();
    const place = join(folder, 'backups');
    const files: string[] = [];
    for (const what of ['reset', 'restore', 'reset', 'reset'] as const) {
      await state.store.transaction((each) => each.put(instance('Disk', `${files.length}`)));
      files.push(await keepBackup(state, place, what));
      await writeFile(join(place, 'mine.jsonl'), '');
    }
    const names = (await readdir(place))
      .map((name) => join(place, name))
      .filter((name) => !name.endsWith('mine.jsonl'));
    expect(names.sort()).toEqual(files.slice(1).sort());
    expect((await readBackup(files.at(-1) ?? '')).count).toBe(4);
  });

  it('say so when they cannot be written', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await expect(keepBackup(keptState(), file, 'reset')).rejects.toMatchObject({
      name: 'StateError',
      message: expect.stringMatching(/^nothing was changed, because no backup can be kept in .*file \(E\w+\)$/),
    });
  });
});
