import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createClient, InstancePath } from '../dist/index.js';
import { median } from './load.mjs';
import { residentMegabytes } from './process-usage.mjs';
import { account, startOurs } from './servers.mjs';

const BRIDGE = fileURLToPath(new URL('../dist/bridge/main.js', import.meta.url));
const namespace = 'root/cimv2/storage/iScsiTarget';
const CLASS = 'LAB_Ten';
const ROUNDS = 5;
const CALLS = 300;
/** What a stream may send at first, and what it may have before it at most. */
const FIRST_WINDOW = 256;
const MAX_ALLOWED = 4096;

/** The bridge beside the client that it carries: calls, streams, memory, start. */
export async function bridgeBench() {
  const folder = await mkdtemp(join(tmpdir(), 'cimulator-lab-'));
  try {
    return [...(await measureStart()), ...(await measureCalls(folder)), ...(await measureFlatness(folder))];
  } finally {
    await rm(folder, { recursive: true });
  }
}

function result(what, value, target, met) {
  return { what, value, target, met };
}

/** Time to the first line, beside a node that does nothing. */
async function measureStart() {
  const bare = [];
  const bridge = [];
  for (let round = 0; round < 9; round += 1) {
    bare.push(await timeOf(() => once(spawn(process.execPath, ['-e', '0']), 'close')));
    const started = performance.now();
    const child = await startBridge();
    bridge.push(performance.now() - started);
    await child.end();
  }
  const ratio = median(bridge) / median(bare);
  return [result('first line of the bridge over bare node', ratio.toFixed(2), '≤ 1.5', ratio <= 1.5)];
}

async function measureCalls(folder) {
  const server = await startOurs({ lab: await writeLab(folder, 10_000) });
  const client = createClient({ url: server.url, ...account, auth: 'negotiate', namespace });
  const bridge = await startBridge();
  try {
    const idle = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    await bridge.open(server.url);
    const path = { kind: 'path', class: CLASS, keys: { Id: { type: 'string', value: 'i1' } } };
    const get = () => bridge.call({ do: 'getInstance', path });
    await get();
    const resident = (await residentMegabytes(bridge.pid)) - (await residentMegabytes(idle.pid));
    idle.kill();
    const target = new InstancePath({ namespace, className: CLASS, keys: { Id: 'i1' } });
    const calls = await byTurns(
      () => repeat(CALLS, get),
      () => repeat(CALLS, () => client.get(target)),
    );
    const streams = await byTurns(
      () => bridge.stream({ do: 'enumerateInstances', class: CLASS }, 10_000),
      () => drain(client.enumerate(CLASS), 10_000),
    );
    return [
      result(
        'RSS of the bridge after its first call over bare node',
        `+${resident.toFixed(0)} MB`,
        '≤ +45 MB',
        resident <= 45,
      ),
      result(
        `get through the bridge, time over client.get (${(calls.theirs / CALLS).toFixed(2)} ms)`,
        calls.ratio.toFixed(2),
        '≤ 1.5',
        calls.ratio <= 1.5,
      ),
      result(
        `10,000 instances through it over client.enumerate (${streams.theirs.toFixed(0)} ms)`,
        streams.ratio.toFixed(2),
        '≤ 1.3',
        streams.ratio <= 1.3,
      ),
    ];
  } finally {
    await bridge.end();
    await client.close();
    await server.stop();
  }
}

async function measureFlatness(folder) {
  const server = await startOurs({ lab: await writeLab(folder, 100_000) });
  const bridge = await startBridge();
  try {
    await bridge.open(server.url);
    const marks = [];
    const mark = async (count) => {
      if (count === 20_000 || count === 100_000) marks.push(await residentMegabytes(bridge.pid));
    };
    await bridge.stream({ do: 'enumerateInstances', class: CLASS }, 100_000, mark);
    const [early, late] = marks;
    const growth = late - early;
    return [result('RSS growth from 20,000 to 100,000 instances', `${growth.toFixed(0)} MB`, '≤ 8 MB', growth <= 8)];
  } finally {
    await bridge.end();
    await server.stop();
  }
}

/** Medians of the two by turns, and their ratio. */
async function byTurns(ours, theirs) {
  const times = { ours: [], theirs: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.ours.push(await timeOf(ours));
    times.theirs.push(await timeOf(theirs));
  }
  const medians = { ours: median(times.ours), theirs: median(times.theirs) };
  return { ...medians, ratio: medians.ours / medians.theirs };
}

async function timeOf(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function repeat(times, work) {
  for (let round = 0; round < times; round += 1) await work();
}

async function drain(instances, expected) {
  let count = 0;
  for await (const _ of instances) count += 1;
  if (count !== expected) throw new Error(`${count} of ${expected} instances came`);
}

async function writeLab(folder, count) {
  const file = join(folder, `${count}.mof`);
  const lines = [
    `#pragma namespace("${namespace}")`,
    `[Version("1.0.0")] class ${CLASS} { [Key] string Id; string A; string B; uint32 C; uint64 D; boolean E; real64 F; datetime G; uint16 H[]; string I; };`,
  ];
  for (let n = 0; n < count; n += 1) {
    lines.push(
      `instance of ${CLASS} { Id="i${n}"; A="name ${n}"; B="of ${n}"; C=${n}; D=${n}; E=true; F=0.5; G="20261129200000.000000+000"; H={1,2}; };`,
    );
  }
  await writeFile(file, lines.join('\n'));
  return file;
}

/** A bridge that has greeted, as a parent has it. */
async function startBridge() {
  const child = spawn(process.execPath, [BRIDGE], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const ends = new Map();
  let onItems = async () => {};
  await once(lines, 'line');
  lines.on('line', (line) => {
    const { id, items, result: end, error } = JSON.parse(line);
    if (items) void onItems(id, items.length);
    else if (error) ends.get(id)?.reject(new Error(JSON.stringify(error)));
    else ends.get(id)?.resolve(end);
  });
  let last = 0;
  const send = (members) => child.stdin.write(`${JSON.stringify(members)}\n`);
  const call = (members) =>
    new Promise((resolve, reject) => {
      last += 1;
      ends.set(last, { resolve, reject });
      send({ id: last, connection: 'c', ...(members.do === 'open' ? {} : { namespace }), ...members });
    });
  return {
    pid: child.pid,
    call,
    open: (url) => call({ do: 'open', target: { url, authentication: 'negotiate', ...account } }),
    /** @param mark is told how many items there are */
    async stream(members, expected, mark = async () => {}) {
      let count = 0;
      let allowed = FIRST_WINDOW;
      onItems = async (id, items) => {
        allowed -= items;
        // Whoever reads on is allowed twice as many, up to a bound.
        const more = Math.min(2 * items, MAX_ALLOWED - allowed);
        allowed += more;
        send({ id, more });
        for (let n = 0; n < items; n += 1) {
          count += 1;
          await mark(count);
        }
      };
      const { count: told } = await call(members);
      await sleep(20);
      if (told !== expected) throw new Error(`${told} of ${expected} instances came`);
    },
    async end() {
      const ended = once(child, 'close');
      child.stdin.end();
      await ended;
    },
  };
}
