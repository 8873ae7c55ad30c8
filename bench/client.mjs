import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { median } from './load.mjs';
import { account, startBare, startOurs } from './servers.mjs';

const NAMESPACE = 'root/bench';
const INSTANCES = 10_000;
const CALLS = 1_000;
const MAX_REQUEST = 1_700;

/** Get, one call after the other: processor time of the client's process alone, beside undici that posts as much and decodes nothing. */
export async function clientGetBench({ rounds }) {
  return withServer(async (url, createClient, InstancePath) => {
    const get = (client, n) => client.get(new InstancePath({ className: 'LAB_Item', keys: { ID: `item:${n}` } }));
    const size = await answerSize(url, createClient, (client) => get(client, 0));
    const bare = await startBare(size.bytes);
    const clients = ['basic', 'negotiate'].map((auth) => createClient({ ...optionsOf(url), auth }));
    const pool = new Pool(new URL(bare.url).origin, { connections: 1 });
    try {
      const [basic, sealed, posts] = [[], [], []];
      for (let round = 0; round <= rounds; round += 1) {
        basic.push(await perCall(CALLS, (n) => get(clients[0], n)));
        sealed.push(await perCall(CALLS, (n) => get(clients[1], n)));
        posts.push(await perCall(CALLS, () => post(pool)));
      }
      const times = [basic, sealed, posts].map((list) => ({ first: list[0], later: median(list.slice(1)) }));
      return getRows(times);
    } finally {
      await Promise.all([...clients.map((client) => client.close()), pool.destroy()]);
      await bare.stop();
    }
  });
}

function getRows([basic, sealed, posts]) {
  const row = (what, value, most, unit) => ({
    what,
    value: `${value.toFixed(2)}${unit}`,
    target: `≤ ${most}${unit}`,
    met: value <= most,
  });
  return [
    row(`Get, Basic, the first ${CALLS} of a process`, basic.first, 0.8, ' ms'),
    row('Get, Basic, later', basic.later, 0.8, ' ms'),
    row('Get, sealed with NTLM, later', sealed.later, 0.8, ' ms'),
    row('Get, Basic, later, over a bare post', basic.later / posts.later, 4, ''),
    row('Get, sealed, later, over a bare post', sealed.later / posts.later, 6, ''),
  ];
}

/** All of 10,000 instances of ten properties: time that passes, and processor time beside undici that posts for as many answers of that size. */
export async function clientEnumerateBench({ rounds }) {
  return withServer(async (url, createClient) => {
    const client = createClient({ ...optionsOf(url), auth: 'basic' });
    // Before anything has made the code warm.
    const first = await measured(() => enumerateAll(client));
    const size = await answerSize(url, createClient, enumerateAll);
    const bare = await startBare(Math.round(size.bytes / size.answers));
    const pool = new Pool(new URL(bare.url).origin, { connections: 1 });
    try {
      const [ours, posts] = [[], []];
      for (let round = 0; round < rounds; round += 1) {
        ours.push(await measured(() => enumerateAll(client)));
        const repeat = async () => {
          for (let n = 0; n < size.answers; n += 1) await post(pool);
        };
        posts.push(await measured(repeat));
      }
      return enumerateRows({
        firstPassed: first.passed,
        passed: median(ours.map(({ passed }) => passed)),
        ratio: median(ours.map(({ used }, at) => used / posts[at].used)),
        share: median(ours.map(({ result, passed }) => result / passed)),
        answers: size.answers,
      });
    } finally {
      await Promise.all([client.close(), pool.destroy()]);
      await bare.stop();
    }
  });
}

function enumerateRows({ firstPassed, passed, ratio, share, answers }) {
  const ms = (what, value) => ({ what, value: `${value.toFixed(0)} ms`, target: '≤ 1200 ms', met: value <= 1200 });
  return [
    ms(`${INSTANCES} instances of 10 properties, for the first time`, firstPassed),
    ms(`${INSTANCES} instances of 10 properties, later (${answers} answers)`, passed),
    { what: 'first instance, of all the time', value: share.toFixed(2), target: '≤ 0.25', met: share <= 0.25 },
    { what: 'processor time over bare posts of that size', value: ratio.toFixed(1), target: '-', met: true },
  ];
}

/** @returns milliseconds until the first instance */
async function enumerateAll(client) {
  const start = performance.now();
  let first = 0;
  let seen = 0;
  for await (const instance of client.enumerate('LAB_Item')) {
    if (seen === 0) first = performance.now() - start;
    if (instance.properties.size === 10) seen += 1;
  }
  if (seen !== INSTANCES) throw new Error(`${seen} of ${INSTANCES} instances came`);
  return first;
}

/** Milliseconds of processor time that a call takes this process. */
async function perCall(calls, call) {
  const { used } = await measured(async () => {
    for (let n = 0; n < calls; n += 1) await call(n);
  });
  return used / calls;
}

/** Milliseconds that pass, and that this process uses. */
async function measured(run) {
  const [before, start] = [process.cpuUsage(), performance.now()];
  const result = await run();
  const passed = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { result, passed, used: (user + system) / 1000 };
}

async function post(pool) {
  const headers = { 'content-type': 'application/soap+xml;charset=UTF-8' };
  const { body } = await pool.request({
    path: '/wsman',
    method: 'POST',
    headers,
    body: Buffer.alloc(MAX_REQUEST, 'x'),
  });
  await body.arrayBuffer();
}

/** How many answers a call has, without those of class declarations, and their bytes. It is asked for text, which costs what is measured none of its first time. */
async function answerSize(url, createClient, run) {
  const size = { answers: 0, bytes: 0 };
  const onAnswer = (xml) => {
    size.answers += 1;
    size.bytes += Buffer.byteLength(xml);
  };
  const client = createClient({ ...optionsOf(url), auth: 'basic', values: 'text', onAnswer });
  try {
    await run(client);
  } finally {
    await client.close();
  }
  return size;
}

function optionsOf(url) {
  return { url, ...account, namespace: NAMESPACE };
}

async function withServer(run) {
  const { createClient, InstancePath } = await import('../dist/index.js');
  const folder = await mkdtemp(join(tmpdir(), 'cimulator-client-'));
  try {
    const schema = join(folder, 'schema');
    await mkdir(schema);
    await cp(new URL('../schemas/qualifiers.mof', import.meta.url), join(schema, 'qualifiers.mof'));
    await writeFile(join(schema, 'bench.mof'), CLASS);
    const lab = join(folder, 'lab.mof');
    await writeFile(lab, labOf(INSTANCES));
    const server = await startOurs({ lab, options: ['--schema', schema] });
    try {
      return await run(server.url, createClient, InstancePath);
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

const CLASS = `#pragma namespace("${NAMESPACE}")
class LAB_Item
{
  [Key] string ID;
  string Name;
  string Description;
  uint16 Kind;
  uint32 Size;
  uint64 Total;
  boolean Enabled;
  real64 Load;
  datetime Changed;
  uint16 Status[];
};
`;

function labOf(count) {
  const lines = [`#pragma namespace("${NAMESPACE}")`];
  for (let n = 0; n < count; n += 1) {
    const hour = String(n % 24).padStart(2, '0');
    lines.push(
      `instance of LAB_Item { ID = "item:${n}"; Name = "item number ${n}"; Description = "An item of the lab & more, the ${n}th"; Kind = ${n % 7}; Size = ${n * 3}; Total = ${n * 1_000_000}; Enabled = ${n % 2 === 0}; Load = ${n / 8}; Changed = "20260101${hour}0000.000000+000"; Status = {2, ${n % 5}}; };`,
    );
  }
  return `${lines.join('\n')}\n`;
}
