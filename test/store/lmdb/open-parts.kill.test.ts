import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { foldName } from '../../../src/cim/model/name-map.js';
import { openLmdbParts } from '../../../src/store/lmdb/open-parts.js';
import { PACES } from './disk-paces.mjs';
import { testFolder } from './test-tables.js';

/** Those of a whole server are in `test/conformance/state/kill-server.test.ts`. */
const rounds = Number(process.env.CIMULATOR_KILL_ROUNDS ?? 6);
const writer = join(import.meta.dirname, 'endless-writer.mjs');

/** @returns the last version that the writer was told to be done */
async function writeAndKill(directory: string, thread: string): Promise<number> {
  const child = spawn(process.execPath, [writer, directory, thread], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  await Promise.race([once(child.stdout, 'data'), ended]);
  await sleep(Math.random() * 120);
  child.kill('SIGKILL');
  await ended;
  return Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
}

it.each(Object.keys(PACES))(
  `nothing that was said to be done is lost by kill -9, nor half there, in ${rounds} rounds, while %s waits for the disk`,
  async (thread) => {
    const directory = testFolder();
    for (let round = 0; round < rounds; round += 1) {
      const done = await writeAndKill(directory, thread);
      expect(done).toBeGreaterThan(0);
      const { backend, check, close } = await openLmdbParts({ directory, logger: { warn: () => {} }, isShared: false });
      const ofClass = (className: string) => ({ kind: 'count', namespace: foldName('root/test'), className }) as const;
      const { present, answers } = await backend.read([ofClass(foldName('Left')), ofClass(foldName('Right'))]);
      const { instances, problems } = await check();
      await close();
      expect(present.version).toBeGreaterThanOrEqual(done);
      expect(answers).toEqual([0, 1].map(() => ({ kind: 'count', count: present.version })));
      expect({ instances, problems }).toEqual({ instances: 2 * present.version, problems: [] });
    }
  },
  60_000 + 5_000 * rounds,
);
