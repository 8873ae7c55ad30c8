import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StateError } from '../../../src/cim/contracts/state-error.js';
import { lockOwner } from '../../../src/files/lock-owner.js';
import { openLmdbBackend } from '../../../src/store/lmdb/open-backend.js';
import { type LmdbStateOptions, openLmdbParts } from '../../../src/store/lmdb/open-parts.js';
import { prepareStateDirectory } from '../../../src/store/lmdb/state-directory.js';
import { openStateTables } from '../../../src/store/lmdb/state-tables.js';
import { writeFormat, writeLogExtent } from '../../../src/store/lmdb/store-facts.js';
import { FIRST_KEY, numberKey, textKey } from '../../../src/store/lmdb/table-keys.js';
import { association, collect, instance, path } from '../instance-builders.js';
import { commit, created, openTestTables, testFolder } from './test-tables.js';

const isRoot = process.getuid?.() === 0;

async function open(directory: string, more: Partial<LmdbStateOptions> = {}) {
  const parts = await openLmdbParts({ directory, logger: { warn: () => {} }, isShared: false, ...more });
  onTestFinished(() => parts.close());
  return parts;
}

async function problemOf(opening: Promise<unknown>): Promise<string> {
  const error = await opening.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(StateError);
  return (error as StateError).message;
}

describe('the folder of a state', () => {
  it('has one server at a time, which says who has it', async () => {
    const directory = testFolder();
    const first = await open(directory, { port: 5985 });
    const line = await problemOf(open(directory));
    expect(line).toContain(`in use by process ${process.pid} on `);
    expect(line).toContain('port 5985: stop it, or start with another folder as --state');
    await first.close();
    await open(directory);
  });

  it('is free at once when its server was killed', async () => {
    const directory = testFolder();
    const [, , place] = (await lockOwner()).split(' ');
    // A number that no process has.
    const ended = JSON.stringify({ pid: 4194999, host: 'h', started: 'then', owner: `4194999 1 ${place}` });
    writeFileSync(join(directory, 'server.lock'), ended);
    const began = performance.now();
    await open(directory);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('is refused where it holds something else', async () => {
    const directory = testFolder();
    writeFileSync(join(directory, 'letter.txt'), 'Dear');
    expect(await problemOf(open(directory))).toMatch(/holds "letter.txt" and is no state/);
  });

  it('is refused where a file is in the way', async () => {
    const file = join(testFolder(), 'file');
    writeFileSync(file, '');
    expect(await problemOf(open(file))).toMatch(/is no folder/);
  });

  it('is refused where others may change it', async () => {
    const directory = testFolder();
    chmodSync(directory, 0o777);
    expect(await problemOf(open(directory))).toMatch(/others may change .*: chmod go-w/);
  });

  it.skipIf(!isRoot)('is refused where it is another user’s', async () => {
    const directory = testFolder();
    chownSync(directory, 4321, 4321);
    expect(await problemOf(open(directory))).toMatch(/belongs to user 4321, not to user 0: chown/);
  });

  it.skipIf(process.platform !== 'linux')('is refused on a network file system', async () => {
    const statfs = async () => ({ type: 0xff534d42 | 0 });
    const line = await problemOf(prepareStateDirectory(testFolder(), { statfs }));
    expect(line).toMatch(/is on a network file system \(CIFS\)/);
  });

  it('is refused where it leads to itself', async () => {
    const link = join(testFolder(), 'link');
    symlinkSync(link, link);
    expect(await problemOf(open(link))).toMatch(/link to itself|no folder/);
  });

  it('is refused where its data is something else', async () => {
    const directory = testFolder();
    writeFileSync(join(directory, 'store.mdb'), 'x'.repeat(20_000));
    expect(await problemOf(open(directory))).toMatch(/store.mdb is no state, or is damaged/);
  });

  it('is refused where its data was cut short', async () => {
    const directory = testFolder();
    const parts = await open(directory);
    const text = 'x'.repeat(50_000);
    const changes = Array.from({ length: 10 }, (_, at) => created(at + 1, instance('Disk', `${at}`, { Text: text })));
    await parts.backend.append(0, [commit(1, changes)]);
    await parts.close();
    const file = join(directory, 'store.mdb');
    truncateSync(file, statSync(file).size / 2);
    expect(await problemOf(open(directory))).toMatch(/store.mdb was cut short \(\d+ of \d+ bytes are there\): restore/);
  });

  it('may be open to several processes of one server', async () => {
    const directory = testFolder();
    const [left, right] = await Promise.all([open(directory, { isShared: true }), open(directory, { isShared: true })]);
    await left.backend.append(0, [commit(1, [created(1, instance('Disk', 'a'))])]);
    expect(await right.backend.commitsAfter(0, 9)).toMatchObject({ kind: 'commits', commits: [{ version: 1 }] });
    const claim = await left.backend.claim();
    let isDone = false;
    const appended = right.backend.append(1, [commit(2, [created(2, instance('Disk', 'b'))])]).then(() => {
      isDone = true;
    });
    await left.backend.append(1, [commit(2, [created(2, instance('Disk', 'c'))])]);
    expect(isDone).toBe(false);
    await claim.release();
    await appended;
    expect((await right.backend.read([])).present.version).toBe(2);
  });
});

describe('the format of a state', () => {
  it('is refused when it is newer', async () => {
    const directory = testFolder();
    const { tables, write, close } = await openStateTables(directory);
    await write(() => writeFormat(tables, 7));
    await close();
    expect(await problemOf(open(directory))).toMatch(/has format 7, and this version knows formats up to 2/);
  });

  it('is migrated beside the state, which stays until the new one was opened once more', async () => {
    const directory = testFolder();
    const first = await openStateTables(directory, { format: 1 });
    await first.close();
    const migrations = [{ from: 1, migrate: ({ notes }: typeof first.tables) => void notes.put(FIRST_KEY, 'new') }];
    const second = await openStateTables(directory, { migrations, format: 2 });
    expect(second.tables.notes.get(FIRST_KEY)).toBe('new');
    expect(readdirSync(directory)).toContain('store.former.mdb');
    await second.close();
    await openTestTables(directory, { migrations, format: 2 });
    expect(readdirSync(directory)).not.toContain('store.former.mdb');
  });

  it('is migrated from 1, in which each commit was an entry of the log, and goes on', async () => {
    const directory = testFolder();
    const first = await openStateTables(directory);
    const all = [1, 2, 3].map((version) => commit(version, [created(version, instance('Disk', `${version}`))]));
    await openLmdbBackend(first).append(0, all);
    await first.write(() => {
      writeFormat(first.tables, 1);
      first.tables.log.clearAsync();
      for (const { version, id, present } of all) {
        const head = { id, isCleared: false, present, changes: [[version, 0, 2]] };
        first.tables.log.put(numberKey(version), `${JSON.stringify(head)}\n{}`);
      }
      writeLogExtent(first.tables, { first: 1, size: 300 });
    });
    await first.close();
    const { backend, check } = await open(directory);
    expect(await backend.commitsAfter(1, 9)).toMatchObject({ kind: 'forgotten', present: { version: 3 } });
    await backend.append(3, [commit(4, [created(4, instance('Disk', '4'))])]);
    expect(await backend.commitsAfter(3, 9)).toMatchObject({ kind: 'commits', commits: [{ version: 4 }] });
    expect(await check()).toMatchObject({ instances: 4, problems: [] });
  });
});

describe('what is found when a state is opened', () => {
  type Damage = (tables: Awaited<ReturnType<typeof openStateTables>>['tables']) => unknown;

  /** @returns what is logged of a state with two disks and a link between them, with this done to it */
  async function toldOf(damage: Damage): Promise<readonly string[]> {
    const directory = testFolder();
    const first = await open(directory);
    const all = [
      instance('Disk', 'a'),
      instance('Disk', 'b'),
      association('Link', { Left: path('Disk', 'a'), Right: path('Disk', 'b') }),
    ];
    const changes = all.map((one, at) => created(at + 1, one));
    await first.backend.append(0, [commit(1, changes)]);
    await first.close();
    const { tables, write, close } = await openStateTables(directory);
    await write(() => void damage(tables));
    await close();
    const told: string[] = [];
    const opened = await open(directory, { logger: { warn: (_, text) => told.push(text) } });
    if (told.length === 0 || told[0]?.includes('made anew')) expect((await opened.check()).problems).toEqual([]);
    return told;
  }

  const MADE_ANEW = ['the indices of the state did not fit its instances, and were made anew'];

  it('nothing, where nothing is wrong', async () => {
    expect(await toldOf(() => undefined)).toEqual([]);
  });

  it.each<[string, Damage]>([
    ['all entries are gone', (tables) => tables.entries.clearAsync()],
    // There are entries enough for what is known of their number without reading the instances.
    [
      'an entry is missing',
      (tables) => tables.entries.remove([...tables.entries.getKeys({ start: FIRST_KEY })].at(-1) ?? FIRST_KEY),
    ],
    ['a path leads elsewhere', (tables) => tables.paths.put(textKey(path('Disk', 'a').canonical), Buffer.alloc(12, 1))],
  ])('%s: the indices are made anew', async (_, damage) => {
    expect(await toldOf(damage)).toEqual(MADE_ANEW);
  });

  it('a document that cannot be read, which nothing can mend', async () => {
    const told = await toldOf((tables) =>
      tables.rows.put(numberKey(1), `1 ${JSON.stringify(path('Disk', 'a').canonical)}\n["Disk`),
    );
    expect(told).toEqual(['the state is damaged: restore a backup, or take another folder']);
  });
});

it('a copy of a state that is open is a state of one moment', async () => {
  const directory = testFolder();
  const parts = await open(directory);
  await parts.backend.append(0, [commit(1, [created(1, instance('Disk', 'a'))])]);
  const copy = join(testFolder(), 'copy');
  mkdirSync(copy, { mode: 0o700 });
  await parts.copyTo(join(copy, 'store.mdb'));
  await parts.backend.append(1, [commit(2, [created(2, instance('Disk', 'b'))])]);
  expect((await (await open(copy)).backend.read([])).present.version).toBe(1);
});

describe('other instances in the place of all', () => {
  async function* batchesOf(...batches: readonly string[][]) {
    for (const batch of batches) {
      yield batch.map((name) => instance('Disk', name));
    }
  }

  it('come in batches, are there when it is opened again, and are new to whoever knew the state', async () => {
    const directory = testFolder();
    const first = await open(directory);
    await first.notes.put('kept', 'as it was');
    await first.backend.append(0, [commit(1, [created(1, instance('Disk', 'gone'))])]);
    await first.upkeep.replaceAll?.(batchesOf(['a', 'b'], ['c']), new Map([['origin', 'another']]));
    await first.close();
    const { backend, notes, check, upkeep } = await open(directory);
    const all = (await collect(backend.all())).flat().map(({ sequence, version }) => [sequence, version]);
    // The second commit, which cleared everything by a sequence of its own.
    expect(all).toEqual([3, 4, 5].map((sequence) => [sequence, 2]));
    expect((await backend.read([])).present).toEqual({ version: 2, sequence: 5, cleared: 1 });
    expect(await backend.commitsAfter(1, 9)).toMatchObject({ kind: 'forgotten' });
    expect([await notes.get('kept'), await notes.get('origin')]).toEqual(['as it was', 'another']);
    expect([(await check()).problems, await upkeep.count()]).toEqual([[], 3]);
  });

  it('change nothing when they end in an error', async () => {
    const directory = testFolder();
    const first = await open(directory);
    await first.backend.append(0, [commit(1, [created(1, instance('Disk', 'kept'))])]);
    const broken = async function* () {
      yield [instance('Disk', 'a')];
      throw new Error('the file ends here');
    };
    await expect(first.upkeep.replaceAll?.(broken(), new Map())).rejects.toThrow('the file ends here');
    expect(readdirSync(directory).filter((name) => /draft|next/.test(name))).toEqual([]);
    await first.close();
    const { backend, upkeep } = await open(directory);
    expect([(await backend.read([])).present.version, await upkeep.count()]).toEqual([1, 1]);
  });
});
