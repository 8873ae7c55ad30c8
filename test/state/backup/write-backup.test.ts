import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { State } from '../../../src/cim/contracts/state.js';
import { writePrivateStream } from '../../../src/files/private-stream.js';
import { readBackup } from '../../../src/state/backup/read-backup.js';
import { restoreBackup } from '../../../src/state/backup/restore-backup.js';
import { writeBackup } from '../../../src/state/backup/write-backup.js';
import { openMemoryState } from '../../../src/state/open-memory-state.js';
import { readOrigin, writeOrigin } from '../../../src/state/state-origin.js';
import { association, collect, instance, path } from '../../store/instance-builders.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cimulator-backup-'));
});
afterAll(() => rm(folder, { recursive: true }));

const ORIGIN = { lab: 'x.mof', schema: 'built-in', labDigest: 'a', schemaDigest: 'b', isBuiltIn: false };
const ends = { From: path('Disk', '1'), To: path('Disk', '2') };
const INSTANCES = [
  ...Array.from({ length: 2100 }, (_, id) =>
    instance('Disk', `${id}`, { Size: BigInt(id), Name: 'a\u2028b\r\n\0', None: null }),
  ),
  association('Link', ends),
];

async function filled(): Promise<State> {
  const state = openMemoryState();
  await state.store.transaction((each) => each.putMany(INSTANCES));
  await writeOrigin(state.notes, ORIGIN);
  return state;
}

async function written(name: string): Promise<string> {
  const file = join(folder, name);
  await writePrivateStream(file, writeBackup(await filled()));
  return file;
}

describe('a backup', () => {
  it('gives another state the same instances in their order, and what they were made from', async () => {
    const file = await written('whole');
    const other = openMemoryState();
    await other.store.transaction((each) => each.put(instance('Disk', 'old')));
    await restoreBackup(other, await readBackup(file));
    expect(await other.store.all()).toEqual(INSTANCES);
    expect(await readOrigin(other.notes)).toEqual(ORIGIN);
  });

  it('is for its owner alone', async () => {
    expect((await stat(await written('mode'))).mode & 0o777).toBe(0o600);
  });

  it('has the state of one moment, while others write', async () => {
    const state = await filled();
    const pieces: string[] = [];
    for await (const piece of writeBackup(state)) {
      pieces.push(piece);
      // The head comes before the state is read.
      if (pieces.length > 1) await state.store.transaction((each) => each.put(instance('Disk', '2099', { Size: 0n })));
    }
    const file = join(folder, 'moment');
    await writeFile(file, pieces.join(''));
    expect((await collect((await readBackup(file)).batches())).flat()).toEqual(INSTANCES);
  });

  it.each<[string, (text: string) => string, RegExp]>([
    ['cut within a line', (text) => text.slice(0, 100_000), /was cut short: its last line is missing$/],
    [
      'cut between lines',
      (text) => text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1),
      /was cut short: its last line is missing$/,
    ],
    [
      'edited',
      (text) => text.replace('"Size",{"n":"7"}', '"Size",{"n":"8"}'),
      /its digest is not that of its content$/,
    ],
    ['without a line', (text) => text.split('\n').toSpliced(3, 1).join('\n'), /its digest is not that of its content$/],
    [
      'with a line of something else',
      (text) => text.split('\n').toSpliced(3, 1, '{"a":1}').join('\n'),
      /:4: this is no instance$/,
    ],
    ['empty', () => '', /was cut short/],
    [
      'of another format',
      (text) => text.replace('cimulator-backup-1', 'cimulator-backup-9'),
      /has the format cimulator-backup-9, and this version reads cimulator-backup-1/,
    ],
    [
      'a snapshot',
      () => '{"format":"cimulator-snapshot-1","schema":"a"}\n',
      /is a snapshot, and no backup: 'cimulator restore'/,
    ],
    ['something else', () => 'hello\n', /is no backup of 'cimulator state backup'$/],
  ])('is refused in one line when it is %s', async (name, damage, message) => {
    const whole = await written('damaged');
    const file = join(folder, name.replaceAll(' ', '-'));
    await writeFile(file, damage(await readFile(whole, 'utf8')));
    await expect(readBackup(file)).rejects.toMatchObject({
      name: 'BackupError',
      message: expect.stringMatching(message),
    });
  });

  it('changes nothing when it becomes another file while it is restored', async () => {
    const file = await written('changing');
    const backup = await readBackup(file);
    await appendFile(file, '{"instances":0,"digest":""}\n');
    const state = openMemoryState();
    await expect(restoreBackup(state, backup)).rejects.toMatchObject({ name: 'BackupError' });
    expect(await state.store.isEmpty()).toBe(true);
  });
});
