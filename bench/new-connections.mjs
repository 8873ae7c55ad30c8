import { load, median } from './load.mjs';
import { processorSeconds } from './process-usage.mjs';
import { enumerateRequest, identifyRequest, invokeRequest, modifyRequests } from './requests.mjs';
import { headers, post, startBare, startOurs } from './servers.mjs';

const CONNECTIONS = 16;
const CLOSING = { ...headers, connection: 'close' };

/**
 * Clients that open a connection for each request, beside the bare server asked in the same way. By requests per second and, where
 * there is /proc, by the processor time of the servers, which minds other programs less.
 */
export async function newConnectionsBench({ seconds, rounds }) {
  const ours = await startOurs();
  try {
    const created = await post(ours.url, invokeRequest('<p:PipeElementName>bench</p:PipeElementName>'));
    const results = [];
    for (const [name, bodies, target] of [
      ['Invoke', modifyRequests(created), 0.6],
      ['Enumerate', [enumerateRequest], undefined],
      ['Identify', [identifyRequest], undefined],
    ])
      results.push(...(await compare(ours, { name, bodies, target, seconds, rounds })));
    return results;
  } finally {
    await ours.stop();
  }
}

async function compare(ours, { name, bodies, target, seconds, rounds }) {
  const bare = await startBare(Buffer.byteLength(await post(ours.url, bodies[0])));
  try {
    // On kept connections first: V8 compiles what has run some thousand times, which takes long at the rate of new ones.
    for (const { url } of [ours, bare]) {
      await load(url, bodies, CONNECTIONS, 2);
      await load(url, bodies, CONNECTIONS, 1, CLOSING);
    }
    const runs = [];
    for (let round = 0; round < rounds; round += 1) {
      runs.push({ ours: await measure(ours, bodies, seconds), bare: await measure(bare, bodies, seconds) });
    }
    return rows(name, runs, target);
  } finally {
    await bare.stop();
  }
}

/** Requests per second, and microseconds of processor time for each. */
async function measure({ url, pid }, bodies, seconds) {
  const before = await processorSeconds(pid);
  const { rate } = await load(url, bodies, CONNECTIONS, seconds, CLOSING);
  const after = await processorSeconds(pid);
  return { rate, cost: before === undefined ? undefined : ((after - before) * 1e6) / (rate * seconds) };
}

function rows(name, runs, target) {
  const ratio = median(runs.map((run) => run.ours.rate / run.bare.rate));
  const rate = (side) => `${median(runs.map((run) => run[side].rate)).toFixed(0)}/s`;
  const wanted = target === undefined ? '-' : `≥ ${target}`;
  const what = `${name}, each on a connection of its own: ${rate('ours')} of ${rate('bare')}`;
  const judged = (by, value) => ({
    what: by,
    value: value.toFixed(2),
    target: wanted,
    met: target === undefined || value >= target,
  });
  if (runs[0].ours.cost === undefined) return [judged(what, ratio)];
  // Where processor time can be had it decides: it minds other programs less than a rate does.
  const byRate = { what, value: ratio.toFixed(2), target: '-', met: true };
  const cost = (side) => median(runs.map((run) => run[side].cost));
  const costs = `  by processor time: ${cost('ours').toFixed(0)} µs, bare ${cost('bare').toFixed(0)} µs`;
  return [byRate, judged(costs, cost('bare') / cost('ours'))];
}
