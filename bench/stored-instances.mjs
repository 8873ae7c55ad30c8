import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CimInstance, startEndpoint } from '../dist/index.js';
import { enumerateAll } from './enumerate-all.mjs';
import { median } from './load.mjs';
import { startPostgres } from './postgres-server.mjs';
import { residentMegabytes } from './process-usage.mjs';
import { identifyRequest } from './requests.mjs';
import { account, post, startOurs } from './servers.mjs';

const INSTANCES = 100_000;
const CLASS = 'MSISCSITARGET_StorageHardwareID';
const MOST = { start: 1.2, memory: 1.5, growth: 15 };
const PASSES = 5;

/**
 * States with 100,000 instances beside states with the default lab alone: the time from `node` to the first answered Identify, and resident memory
 * then; and memory while all of them are enumerated. Linux only.
 */
export async function storedInstancesBench({ rounds }) {
  const folder = await mkdtemp(join(tmpdir(), 'cimulator-stored-'));
  const postgres = await startPostgres();
  try {
    const rows = await measure('LMDB', (name) => join(folder, name), { folder, rounds });
    if (postgres) {
      const url = (schema) => postgres.url({ schema });
      rows.push(...(await measure('PostgreSQL', url, { folder, rounds })));
    }
    return rows;
  } finally {
    await postgres?.close();
    await rm(folder, { recursive: true });
  }
}

async function measure(kind, stateOf, { folder, rounds }) {
  const [many, few] = [stateOf('many'), stateOf('few')];
  await fill(many, INSTANCES);
  await fill(few, 0);
  const runs = [];
  for (let round = 0; round < Math.max(rounds, 5); round += 1) {
    // The first of each fills the caches of classes.
    runs.push({ many: await once(many, join(folder, 'data')), few: await once(few, join(folder, 'data')) });
  }
  const of = (name, what) => median(runs.slice(1).map((run) => run[name][what]));
  const ratio = (what) => median(runs.slice(1).map(({ many, few }) => many[what] / few[what]));
  const row = (what, value, most, text) => ({ what, value: text, target: `≤ ${most}`, met: value <= most });
  const [start, memory] = [ratio('ms'), ratio('memory')];
  return [
    row(
      `${kind}, first Identify with ${INSTANCES} instances: ${of('many', 'ms').toFixed(0)} over ${of('few', 'ms').toFixed(0)} ms`,
      start,
      MOST.start,
      start.toFixed(2),
    ),
    row(
      `${kind}, RSS after it: ${of('many', 'memory').toFixed(0)} over ${of('few', 'memory').toFixed(0)} MB`,
      memory,
      MOST.memory,
      memory.toFixed(2),
    ),
    ...(await enumerationRows(kind, many)),
  ];
}

/** Memory may not grow with what was enumerated: not from one pass to the next, each with new objects for most instances. */
async function enumerationRows(kind, state) {
  const server = await startOurs({ state });
  try {
    const idle = await residentMegabytes(server.pid);
    const peaks = [];
    const times = [];
    for (let pass = 0; pass < PASSES; pass += 1) {
      let peak = 0;
      const began = performance.now();
      const watch = async () => {
        peak = Math.max(peak, await residentMegabytes(server.pid));
      };
      await enumerateAll(server.url, CLASS, INSTANCES, watch);
      times.push(performance.now() - began);
      peaks.push(peak);
    }
    // What V8 lets lie until it needs the room is there after the first passes.
    const growth = peaks.at(-1) - Math.max(...peaks.slice(0, 2));
    const rate = (INSTANCES / median(times)) * 1000;
    return [
      {
        what: `${kind}, enumerating them ${PASSES} times (${rate.toFixed(0)}/s): growth after two`,
        value: `${growth.toFixed(0)} MB`,
        target: `≤ ${MOST.growth} MB`,
        met: growth <= MOST.growth,
      },
      {
        what: `  at most, over ${idle.toFixed(0)} MB when idle (64 MB are for instances)`,
        value: `${(Math.max(...peaks) - idle).toFixed(0)} MB`,
        target: '-',
        met: true,
      },
    ];
  } finally {
    await server.stop();
  }
}

/** Applies the lab, and adds instances as a client would have made them. */
async function fill(state, count) {
  const endpoint = await startEndpoint({ state, users: [{ name: account.user, password: account.password }] });
  try {
    for (let from = 0; from < count; from += 10_000)
      await endpoint.seed(Array.from({ length: 10_000 }, (_, at) => hardwareId(from + at)));
  } finally {
    await endpoint.close();
  }
}

function hardwareId(n) {
  const values = [
    ['InstanceID', `stored:${n}`],
    ['ElementName', `stored ${n}`],
    ['StorageID', `iqn.2026-11.example:stored-${n}`],
    ['IDType', 5],
  ];
  return new CimInstance(CLASS, values);
}

async function once(state, dataDir) {
  const began = performance.now();
  const server = await startOurs({ state, dataDir });
  try {
    await post(server.url, identifyRequest);
    const ms = performance.now() - began;
    await sleep(1000);
    return { ms, memory: await residentMegabytes(server.pid) };
  } finally {
    await server.stop();
  }
}
