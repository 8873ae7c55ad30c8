import { load, median } from './load.mjs';
import { processorSecondsOfAll } from './process-usage.mjs';
import { createRequest, enumerateRequest, getRequest, invokeRequest, modifyRequests } from './requests.mjs';
import { post, startOurs } from './servers.mjs';

const HARDWARE_IDS = 50;
/** After so many V8 has compiled what requests of a kind run: a server that answers fewer in a second comes to it later. */
const WARM_REQUESTS = 40_000;
const MOST_WARM_SECONDS = 30;

/** Starts an endpoint with what is measured in it: a pipe, and 50 instances of which one is read, and all are enumerated. */
export async function startLoaded(settings) {
  const server = await startOurs(settings);
  for (let n = 0; n < HARDWARE_IDS; n += 1) await post(server.url, createRequest(n));
  return { ...server, bodies: await requestsTo(server.url) };
}

/** Requests to an endpoint that has such instances; those that change something have a pipe of their own. */
export async function requestsTo(url) {
  return {
    Invoke: modifyRequests(await post(url, invokeRequest('<p:PipeElementName>bench</p:PipeElementName>'))),
    Get: [getRequest],
    Enumerate: [enumerateRequest],
  };
}

/** Requests per second, and microseconds of processor time that the server, with all its processes, takes for one. */
export async function loadOnce({ url, pid, bodies }, name, connections, seconds) {
  const before = await processorSecondsOfAll(pid);
  const { rate, p99 } = await load(url, bodies[name], connections, seconds);
  const used = (await processorSecondsOfAll(pid)) - before;
  return { rate, p99, micros: (used * 1e6) / (rate * seconds) };
}

async function warmUp({ url, bodies }, name, connections) {
  const seconds = 3;
  for (let [sent, passed] = [0, 0]; sent < WARM_REQUESTS && passed < MOST_WARM_SECONDS; passed += seconds) {
    sent += seconds * (await load(url, bodies[name], connections, seconds)).rate;
  }
}

/** One after the other, round by round, so that all see the same machine; medians, and medians of the ratios of a round. */
export async function loadInTurns(servers, name, { connections = 16, seconds, rounds }) {
  for (const server of Object.values(servers)) await warmUp(server, name, connections);
  const runs = [];
  for (let round = 0; round < rounds; round += 1) {
    const run = {};
    for (const [key, server] of Object.entries(servers)) run[key] = await loadOnce(server, name, connections, seconds);
    runs.push(run);
  }
  return {
    of: (key, what) => median(runs.map((run) => run[key][what])),
    /** How many times as much one has as another. */
    ratio: (key, other, what) => median(runs.map((run) => run[key][what] / run[other][what])),
  };
}

/** Two rows: by requests per second, which counts, and by processor time of the server, which minds other programs less. */
export function rowsOf(name, runs, key, other, least) {
  const rate = runs.ratio(key, other, 'rate');
  const [mine, its] = [runs.of(key, 'rate'), runs.of(other, 'rate')].map((value) => value.toFixed(0));
  const [used, usedThere] = [runs.of(key, 'micros'), runs.of(other, 'micros')].map((value) => value.toFixed(0));
  return [
    {
      what: `${name}, ${key}: ${mine}/s of ${its}/s`,
      value: rate.toFixed(2),
      target: least === undefined ? '-' : `≥ ${least} × ${other}`,
      met: least === undefined || rate >= least,
    },
    {
      what: `  by processor time: ${used} of ${usedThere} µs`,
      value: runs.ratio(other, key, 'micros').toFixed(2),
      target: '-',
      met: true,
    },
  ];
}
