import Fastify from 'fastify';
import { CimInstance, startEndpoint } from '../dist/index.js';
import { median } from './load.mjs';

const users = [{ name: 'bench', password: 'bench' }];
const RUNS = 40;

/** In milliseconds, whatever the machine. */
const START_AND_STOP_MS = 40;
const STATE_MS = 5;
const LARGE_MS = 50;
/** How many times a bare fastify's start and stop ours may take. */
const TIMES_BARE = 3;

/**
 * What a test waits for: an endpoint's start and stop in a process that has started one before, beside those of fastify with one route;
 * the way back to the start, a snapshot and its restoring, with the default lab and with 10,000 instances more.
 */
export async function stateBench() {
  await startAndStop();
  const ours = [];
  const bare = [];
  for (let run = 0; run < RUNS; run += 1) {
    ours.push(await time(startAndStop));
    bare.push(await time(bareStartAndStop));
  }
  const [own, other] = [median(ours), median(bare)];
  return [
    within('start and stop, after the first in the process', own, START_AND_STOP_MS),
    {
      what: 'start and stop beside a bare fastify',
      value: `${(own / other).toFixed(2)} × (${own.toFixed(1)} / ${other.toFixed(1)} ms)`,
      target: `≤ ${TIMES_BARE} × the bare server`,
      met: own / other <= TIMES_BARE,
    },
    ...(await stateRows('default lab', 0, STATE_MS)),
    ...(await stateRows('10,000 instances', 10_000, LARGE_MS)),
  ];
}

async function stateRows(what, more, most) {
  const lab = more === 0 ? 'two-servers' : ['two-servers', 'fixtures/examples/thermostat.mof'];
  const endpoint = await startEndpoint({ users, lab, seed: 1 });
  try {
    if (more > 0) await endpoint.seed(Array.from({ length: more }, (_, at) => thermostat(at)));
    let snapshot = await endpoint.snapshot();
    const rows = [
      within(
        `snapshot, ${what}`,
        await medianOf(async () => {
          snapshot = await endpoint.snapshot();
        }),
        most,
      ),
      within(`restore, ${what}`, await medianOf(() => endpoint.restore(snapshot)), most),
    ];
    // With more, a reset has less to do than a restore.
    if (more === 0) rows.push(within(`reset, ${what}`, await medianOf(() => endpoint.reset()), most));
    return rows;
  } finally {
    await endpoint.close();
  }
}

function thermostat(at) {
  const values = [
    ['DeviceID', `t-${at}`],
    ['Room', `Room ${at}`],
    ['Target', at % 30],
  ];
  return new CimInstance('LAB_Thermostat', values);
}

async function startAndStop() {
  const endpoint = await startEndpoint({ users });
  await endpoint.close();
}

async function bareStartAndStop() {
  const server = Fastify();
  server.post('/wsman', (_request, reply) => reply.send('x'));
  await server.listen({ host: '127.0.0.1', port: 0 });
  await server.close();
}

async function medianOf(work) {
  const times = [];
  for (let run = 0; run < RUNS; run += 1) times.push(await time(work));
  return median(times);
}

async function time(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function within(what, took, most) {
  return { what, value: `${took.toFixed(2)} ms`, target: `≤ ${most} ms`, met: took <= most };
}
