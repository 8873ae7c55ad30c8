import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from './load.mjs';
import { requestsTo, startLoaded } from './loaded-servers.mjs';
import { startPostgres } from './postgres-server.mjs';
import { processorSecondsOfAll } from './process-usage.mjs';
import { startOurs } from './servers.mjs';

const ENDPOINTS = [1, 2, 4];
const CONNECTIONS = [4, 8, 16, 32, 64];
/** Requests to each endpoint by turns: of ten eight Gets, an Enumerate of 50 and an Invoke that changes a pipe of its own. */
const GETS = 8;
/** More connections than those that bring so much of the most there is only make calls wait. */
const KNEE = 0.9;

/**
 * Several endpoints on one PostgreSQL, with more and more connections, until more bring nothing: the knee. Everything is on this machine, the
 * client and the database too, so requests per second are those of the machine; what a request takes of a processor, in the endpoints and in
 * the database, is what can be calculated with (docs/scaling.md). Linux only.
 */
export async function endpointsBench({ seconds }) {
  const postgres = await startPostgres();
  if (!postgres) return [];
  const servers = [];
  try {
    const [postmaster] = (await readFile(join(postgres.folder, 'data/postmaster.pid'), 'utf8')).split('\n');
    const database = Number(postmaster);
    const rows = [];
    for (const count of ENDPOINTS) {
      while (servers.length < count) servers.push(await startNext(postgres.url(), servers.length));
      rows.push(...(await rowsFor(servers, database, seconds)));
    }
    return rows;
  } finally {
    for (const { stop } of servers) await stop();
    await postgres.close();
  }
}

async function startNext(state, already) {
  if (already === 0) return withMix(await startLoaded({ state }));
  const server = await startOurs({ state });
  return withMix({ ...server, bodies: await requestsTo(server.url) });
}

function withMix(server) {
  const { Invoke, Get, Enumerate } = server.bodies;
  const mix = Invoke.flatMap((invoke) => [...Array.from({ length: GETS }, () => Get[0]), Enumerate[0], invoke]);
  return { ...server, bodies: { ...server.bodies, mix } };
}

async function rowsFor(servers, database, seconds) {
  const rows = [];
  for (const name of ['mix', 'Invoke']) {
    const steps = [];
    for (const connections of CONNECTIONS.filter((one) => one >= servers.length))
      steps.push({ connections, ...(await step(servers, name, connections, database, seconds)) });
    const best = Math.max(...steps.map(({ rate }) => rate));
    const knee = steps.find(({ rate }) => rate >= KNEE * best);
    const all = steps.map(({ connections, rate }) => `${connections}: ${rate.toFixed(0)}/s`).join(', ');
    console.log(`(${servers.length} × ${name}: ${all})`);
    rows.push({
      what: `${servers.length} endpoints, ${name}, knee at ${knee.connections} connections, p99 ${knee.p99.toFixed(1)} ms, ${knee.micros.toFixed(0)} µs of endpoints, ${knee.databaseMicros.toFixed(0)} µs of database`,
      value: `${knee.rate.toFixed(0)}/s`,
      target: '-',
      met: true,
    });
  }
  return rows;
}

async function step(servers, name, connections, database, seconds) {
  const used = async () => {
    const all = await Promise.all(servers.map(({ pid }) => processorSecondsOfAll(pid)));
    return { endpoints: all.reduce((sum, one) => sum + one), database: await processorSecondsOfAll(database) };
  };
  const before = await used();
  const each = connections / servers.length;
  const runs = await Promise.all(servers.map(({ url, bodies }) => load(url, bodies[name], each, seconds)));
  const after = await used();
  const rate = runs.reduce((sum, run) => sum + run.rate, 0);
  const micros = (what) => ((after[what] - before[what]) * 1e6) / (rate * seconds);
  return {
    rate,
    p99: Math.max(...runs.map(({ p99 }) => p99)),
    micros: micros('endpoints'),
    databaseMicros: micros('database'),
  };
}
