import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openLmdbState } from '../../../src/store/lmdb/open-lmdb-state.js';
import { hasStrace } from '../../support/find-strace.js';
import { path } from '../instance-builders.js';
import { PACES } from './disk-paces.mjs';
import { testFolder } from './test-tables.js';
import { afterPowerLoss, type DiskEvent, readTrace, TRACE_OPTIONS } from './traced-disk.js';

const run = promisify(execFile);
const writers = join(import.meta.dirname, 'many-writers.mjs');
/** How often the power is lost; `CIMULATOR_KILL_ROUNDS` for more. */
const losses = Number(process.env.CIMULATOR_KILL_ROUNDS ?? 12);
const COUNT = 90;

async function trace(thread: string): Promise<readonly DiskEvent[]> {
  const folder = testFolder();
  const [file, directory] = [join(folder, 'trace'), join(folder, 'state')];
  mkdirSync(directory, { mode: 0o700 });
  await run('strace', [...TRACE_OPTIONS, '-o', file, process.execPath, writers, directory, `${COUNT}`, '6', thread]);
  return readTrace(readFileSync(file, 'latin1'), 'store.mdb');
}

/** The same row of numbers for the same seed. */
function randomOf(seed: number): () => boolean {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state < 2 ** 31;
  };
}

const saidBefore = (events: readonly DiskEvent[], at: number) =>
  events.slice(0, at + 1).flatMap((event) => (event.kind === 'said' ? [...event.text.matchAll(/^done (.*)$/gm)] : []));

/** A wait for the disk, a page that says what is there, and the same again: nobody has waited for the first page alone. */
const sharedWaits = (events: readonly DiskEvent[]) => {
  const kinds = events.flatMap((event) => {
    if (event.kind === 'sync') return ['s'];
    return event.kind === 'write' ? [event.data.length < 4096 ? 'm' : 'd'] : [];
  });
  return kinds.join('').match(/smd+s/g)?.length ?? 0;
};

describe.skipIf(!hasStrace('loss of power'))('a state whose power is lost', () => {
  it.each(Object.keys(PACES))(
    `has all that was said to be done, and is whole, in ${losses} cases, when %s waited for the disk`,
    async (thread) => {
      const events = await trace(thread);
      const said = events.flatMap((event, at) => (event.kind === 'said' ? [at] : []));
      expect(saidBefore(events, events.length)).toHaveLength(COUNT);
      // Nobody begins a commit while the thread waits on which all are begun.
      if (thread === 'another thread') expect(sharedWaits(events)).toBeGreaterThan(3);
      const first = said[0] ?? 0;
      for (let loss = 0; loss < losses; loss += 1) {
        // Half of them right behind an answer, where nothing may be missing that was just told.
        const at =
          loss % 2 === 0
            ? (said[Math.floor((said.length * loss) / losses)] ?? first)
            : first + Math.floor(((events.length - first) * loss) / losses);
        const directory = testFolder();
        writeFileSync(join(directory, 'store.mdb'), afterPowerLoss(events, at, randomOf(loss)));
        const { store, upkeep, close } = await openLmdbState({
          directory,
          logger: { warn: () => {} },
          isShared: false,
        });
        const names = saidBefore(events, at).map(([, name = '']) => name);
        const paths = names.map((name) => path(`Disk${Number(name.split('-')[0]) % 3}`, name));
        const found = await store.getMany(paths);
        const missing = names.filter((_, index) => found[index] === undefined);
        const { problems } = (await upkeep.check?.()) ?? {};
        await close();
        expect({ loss, at, missing, problems }).toEqual({ loss, at, missing: [], problems: [] });
      }
    },
  );
});
