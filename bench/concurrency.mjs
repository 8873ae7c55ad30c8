import { load, loadTool, median } from './load.mjs';
import {
  createRequest,
  enumerateRequest,
  getRequest,
  identifyRequest,
  invokeRequest,
  modifyRequests,
} from './requests.mjs';
import { post, startBare, startOurs } from './servers.mjs';

/** Requests per second and p99, ours over bare, taken in turns so that both see the same machine. */
export async function concurrencyBench({ seconds, rounds }) {
  const ours = await startOurs();
  const results = [];
  try {
    const created = await post(ours.url, invokeRequest('<p:PipeElementName>bench</p:PipeElementName>'));
    for (let n = 0; n < 50; n += 1) await post(ours.url, createRequest(n));
    const cases = [
      { name: 'Invoke', bodies: modifyRequests(created), target: 0.4 },
      { name: 'Identify', bodies: [identifyRequest], target: 0.65 },
      { name: 'Get', bodies: [getRequest], target: 0.45 },
      { name: 'Enumerate of 50', bodies: [enumerateRequest], target: 0.2 },
    ];
    for (const { name, bodies, target } of cases) {
      const answer = await post(ours.url, bodies[0]);
      const bare = await startBare(Buffer.byteLength(answer));
      try {
        for (const connections of [16, 1]) {
          const runs = await inTurns(ours.url, bare.url, bodies, connections, seconds, rounds);
          const rate = median(runs.map((run) => run.ours.rate / run.bare.rate));
          const p99 = median(runs.map((run) => run.ours.p99 / run.bare.p99));
          const perSecond = `${median(runs.map((run) => run.ours.rate)).toFixed(0)}/s of ${median(runs.map((run) => run.bare.rate)).toFixed(0)}/s`;
          const what = `${name} (${Buffer.byteLength(bodies[0])} B), ${connections} connections: ${perSecond}`;
          const wanted = connections === 16;
          results.push({
            what,
            value: rate.toFixed(2),
            target: wanted ? `≥ ${target}` : '-',
            met: !wanted || rate >= target,
          });
          results.push({
            what: `  p99, ours over bare`,
            value: p99.toFixed(2),
            target: wanted ? '≤ 4' : '-',
            met: !wanted || p99 <= 4,
          });
        }
      } finally {
        await bare.stop();
      }
    }
  } finally {
    await ours.stop();
  }
  console.log(`(load from ${loadTool})`);
  return results;
}

async function inTurns(ours, bare, bodies, connections, seconds, rounds) {
  await load(ours, bodies, connections, 2);
  await load(bare, bodies, connections, 2);
  const runs = [];
  for (let round = 0; round < rounds; round += 1) {
    runs.push({
      ours: await load(ours, bodies, connections, seconds),
      bare: await load(bare, bodies, connections, seconds),
    });
  }
  return runs;
}
