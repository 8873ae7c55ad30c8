import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadInTurns, startLoaded } from './loaded-servers.mjs';

const LEAST = 1.6;

/**
 * Two workers over one folder beside one process over another. The client needs a core, and so does each worker: with fewer than four, what
 * they would do with cores of their own is calculated, as twice what one processor second answers with two of one process; which is printed,
 * too, where it is measured. Invokes are left out: they wait for one disk, and those of two workers that change one instance run again.
 */
export async function workersBench({ seconds, rounds }) {
  const folder = await mkdtemp(join(tmpdir(), 'cimulator-workers-'));
  const start = (name, options) => startLoaded({ state: join(folder, name), options });
  const servers = { 'two workers': await start('two', ['--workers', '2']), 'one process': await start('one', []) };
  const cores = availableParallelism();
  try {
    const rows = [];
    for (const name of ['Get', 'Enumerate']) {
      const runs = await loadInTurns(servers, name, { seconds, rounds });
      rows.push(...rowsFor(name, runs, cores));
    }
    return rows;
  } finally {
    for (const { stop } of Object.values(servers)) await stop();
    await rm(folder, { recursive: true });
  }
}

function rowsFor(name, runs, cores) {
  const measured = runs.ratio('two workers', 'one process', 'rate');
  const calculated = 2 * runs.ratio('one process', 'two workers', 'micros');
  const rate = (key) => runs.of(key, 'rate').toFixed(0);
  const micros = (key) => runs.of(key, 'micros').toFixed(0);
  const isFree = cores >= 4;
  const row = (what, value, isWhatCounts) => ({
    what,
    value: value.toFixed(2),
    target: isWhatCounts ? `≥ ${LEAST}` : '-',
    met: !isWhatCounts || value >= LEAST,
  });
  return [
    row(`${name}, two workers: ${rate('two workers')}/s of ${rate('one process')}/s, ${cores} cores`, measured, isFree),
    row(
      `  calculated from ${micros('two workers')} and ${micros('one process')} µs of processor time`,
      calculated,
      !isFree,
    ),
  ];
}
