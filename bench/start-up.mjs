import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './load.mjs';
import { identifyRequest } from './requests.mjs';
import { post, startOurs } from './servers.mjs';

/** From `node` to the first answered Identify, with an empty and with a filled data directory, where the schema cache is. */
export async function startUpBench({ rounds }) {
  const cold = [];
  const warm = [];
  for (let round = 0; round < Math.max(rounds, 3); round += 1) {
    const dataDir = await mkdtemp(join(tmpdir(), 'cimulator-start-'));
    try {
      cold.push(await once(dataDir));
      warm.push(await once(dataDir));
    } finally {
      await rm(dataDir, { recursive: true });
    }
  }
  return [
    {
      what: 'first Identify, cold',
      value: `${median(cold).toFixed(0)} ms`,
      target: '≤ 1500 ms',
      met: median(cold) <= 1500,
    },
    {
      what: 'first Identify, schema cache warm',
      value: `${median(warm).toFixed(0)} ms`,
      target: '≤ 500 ms',
      met: median(warm) <= 500,
    },
  ];
}

async function once(dataDir) {
  const start = performance.now();
  const server = await startOurs({ dataDir: dataDir });
  await post(server.url, identifyRequest);
  const elapsed = performance.now() - start;
  await server.stop();
  return elapsed;
}
