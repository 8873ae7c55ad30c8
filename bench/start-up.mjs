import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './load.mjs';
import { identifyRequest } from './requests.mjs';
import { post, startBare, startOurs } from './servers.mjs';

/** How many times the bare server's start ours may take. */
const COLD = 2.5;
const WARM = 1.5;

/**
 * From `node` to the first answered Identify, with an empty and with a filled data directory, where the schema cache is, beside
 * the bare server started the same way: what a start takes differs from machine to machine, and by turns on one.
 */
export async function startUpBench({ rounds }) {
  const cold = [];
  const warm = [];
  const bare = [];
  for (let round = 0; round < Math.max(rounds, 5); round += 1) {
    const dataDir = await mkdtemp(join(tmpdir(), 'cimulator-start-'));
    try {
      bare.push(await once(() => startBare(1000)));
      cold.push(await once(() => startOurs({ dataDir })));
      warm.push(await once(() => startOurs({ dataDir })));
    } finally {
      await rm(dataDir, { recursive: true });
    }
  }
  return [row('first Identify, cold', cold, bare, COLD), row('first Identify, schema cache warm', warm, bare, WARM)];
}

function row(what, ours, bare, target) {
  const [own, other] = [median(ours), median(bare)];
  return {
    what,
    value: `${(own / other).toFixed(2)} × (${own.toFixed(0)} / ${other.toFixed(0)} ms)`,
    target: `≤ ${target} × the bare server`,
    met: own / other <= target,
  };
}

async function once(start) {
  const began = performance.now();
  const server = await start();
  await post(server.url, identifyRequest);
  const elapsed = performance.now() - began;
  await server.stop();
  return elapsed;
}
