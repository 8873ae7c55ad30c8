import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createClient } from '../dist/index.js';
import { median } from './load.mjs';
import { residentMegabytes } from './process-usage.mjs';
import { account, startOurs } from './servers.mjs';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const MANIFEST = path('../powershell/Cimulator/Cimulator.psd1');
const NAMESPACE = 'root/cimv2/storage/iScsiTarget';
const CLASS = 'LAB_Ten';
const STARTS = 9;
const ROUNDS = 5;
const CALLS = 300;
const INSTANCES = 10_000;

/** The cmdlets beside the client that they lead to, and beside a PowerShell that does nothing. */
export async function powershellBench() {
  const pwsh = [process.env.CIMULATOR_PWSH, 'pwsh', path('../node_modules/.cache/pwsh/pwsh')].find(isPowerShell);
  if (pwsh === undefined) {
    return [result('PowerShell', 'skipped', 'pwsh: node scripts/install-powershell.mjs', true)];
  }
  const folder = await mkdtemp(join(tmpdir(), 'cimulator-lab-'));
  try {
    return [
      ...(await measureStart(pwsh, folder)),
      ...(await measureCalls(pwsh, folder)),
      ...(await measureMany(pwsh, folder)),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

function isPowerShell(command) {
  return command !== undefined && spawnSync(command, ['-Version'], { stdio: 'ignore' }).status === 0;
}

function result(what, value, target, met) {
  return { what, value, target, met };
}

const most = (what, value, limit) => result(what, value.toFixed(2), `≤ ${limit}`, value <= limit);

/** The import, and the first call with the child that it starts, each over the start of a PowerShell that does nothing. */
async function measureStart(pwsh, folder) {
  const server = await startOurs({ lab: await writeLab(folder, 10) });
  const [bare, imported, first] = [[], [], []];
  let started = 0;
  try {
    for (let round = 0; round < STARTS; round += 1) {
      bare.push(await timeOf(pwsh, 'exit'));
      imported.push(await timeOf(pwsh, `Import-Module '${MANIFEST}'; exit`));
      const shell = startShell(pwsh, server.url);
      started += (await shell.ask('started')).result;
      first.push((await shell.ask('first')).passed);
      await shell.end();
    }
  } finally {
    await server.stop();
  }
  const start = median(bare);
  return [
    most(`Import-Module over the start of bare pwsh (${start.toFixed(0)} ms)`, median(imported) / start - 1, 0.5),
    result('processes that the import started', String(started), '0', started === 0),
    most('first call, its child and all, over that start', median(first) / start, 1),
  ];
}

async function measureCalls(pwsh, folder) {
  const server = await startOurs({
    lab: await writeLab(folder, INSTANCES),
    options: ['--provider', await writeProvider(folder)],
  });
  const client = createClient({ url: server.url, ...account, auth: 'negotiate', namespace: NAMESPACE });
  const shell = startShell(pwsh, server.url);
  const node = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
  try {
    await shell.ask('first');
    const resident = (await shell.ask('resident')).result - (await residentMegabytes(node.pid));
    const times = { cmdlet: [], client: [], all: [], enumerate: [], share: [] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      times.cmdlet.push((await shell.ask(`invoke ${CALLS}`)).passed);
      times.client.push(await passed(() => invokeAgain(client)));
      times.all.push((await shell.ask('all')).passed);
      times.enumerate.push(await passed(() => drain(client)));
      const stream = await shell.ask('stream');
      times.share.push(stream.result.First / stream.passed);
    }
    // The first round is one of code that is not compiled yet, on both sides.
    const { cmdlet, client: invoke, all, enumerate, share } = mapValues(times, (list) => median(list.slice(1)));
    return [
      result(
        `Invoke-CimMethod, calls a second over client.invoke (${(cmdlet / CALLS).toFixed(2)}, ${(invoke / CALLS).toFixed(2)} ms)`,
        (invoke / cmdlet).toFixed(2),
        '≥ 0.5',
        invoke / cmdlet >= 0.5,
      ),
      most(
        `10,000 instances over client.enumerate (${all.toFixed(0)}, ${enumerate.toFixed(0)} ms)`,
        all / enumerate,
        1.6,
      ),
      most('the same, the first time', times.all[0] / times.enumerate[0], 1.6),
      most('first object, of all the time', share, 0.25),
      result(
        'RSS of the bridge after its first call over bare node',
        `+${resident.toFixed(0)} MB`,
        '≤ +45 MB',
        resident <= 45,
      ),
    ];
  } finally {
    node.kill();
    await shell.end();
    await client.close();
    await server.stop();
  }
}

/** Memory while 100,000 instances pass. */
async function measureMany(pwsh, folder) {
  const server = await startOurs({ lab: await writeLab(folder, 100_000) });
  const shell = startShell(pwsh, server.url);
  try {
    const { Count, Marks } = (await shell.ask('stream')).result;
    if (Count !== 100_000) throw new Error(`${Count} of 100,000 instances came`);
    const [early, late] = Marks;
    const limits = { pwsh: 15, bridge: 8 };
    return Object.entries(limits).map(([process, limit], at) => {
      const growth = late[at] - early[at];
      return result(
        `RSS growth of ${process} from 20,000 to 100,000 instances`,
        `${growth.toFixed(0)} MB`,
        `≤ ${limit} MB`,
        growth <= limit,
      );
    });
  } finally {
    await shell.end();
    await server.stop();
  }
}

function mapValues(object, map) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));
}

async function passed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function timeOf(pwsh, script) {
  return passed(() =>
    once(
      spawn(pwsh, ['-NoProfile', '-NonInteractive', '-Command', script], { stdio: 'ignore', env: environment() }),
      'close',
    ),
  );
}

async function invokeAgain(client) {
  for (let call = 0; call < CALLS; call += 1) await client.invoke(CLASS, 'Ping', {});
}

async function drain(client) {
  let count = 0;
  for await (const _ of client.enumerate(CLASS)) count += 1;
  if (count !== INSTANCES) throw new Error(`${count} of ${INSTANCES} instances came`);
}

function environment(url) {
  const { user, password } = account;
  const endpoint = url === undefined ? {} : { CIMULATOR_URL: url, CIMULATOR_USER: user, CIMULATOR_PASSWORD: password };
  return { ...process.env, POWERSHELL_TELEMETRY_OPTOUT: '1', ...endpoint };
}

/** A PowerShell that measures what it is asked for. */
function startShell(pwsh, url) {
  const file = path('powershell/measure.ps1');
  const child = spawn(pwsh, ['-NoProfile', '-NonInteractive', '-File', file, MANIFEST, NAMESPACE, CLASS], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: environment(url),
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(what) {
      child.stdin.write(`${what}\n`);
      const { value } = await lines.next();
      if (value === undefined) throw new Error('PowerShell ended');
      return JSON.parse(value);
    },
    async end() {
      const ended = once(child, 'close');
      child.stdin.end();
      await ended;
    },
  };
}

async function writeProvider(folder) {
  const file = join(folder, 'ping.mjs');
  await writeFile(
    file,
    `export const providers = [{ className: '${CLASS}', methods: { Ping: async () => ({ ReturnValue: 0 }) } }];`,
  );
  return file;
}

async function writeLab(folder, count) {
  const file = join(folder, `${count}.mof`);
  const lines = [
    `#pragma namespace("${NAMESPACE}")`,
    `[Version("1.0.0")] class ${CLASS} { [Key] string Id; string A; string B; uint32 C; uint64 D; boolean E; real64 F; datetime G; uint16 H[]; string I;`,
    '  [Static] uint32 Ping(); };',
  ];
  for (let n = 0; n < count; n += 1) {
    lines.push(
      `instance of ${CLASS} { Id="i${n}"; A="name ${n}"; B="of ${n}"; C=${n}; D=${n}; E=true; F=0.5; G="20261129200000.000000+000"; H={1,2}; };`,
    );
  }
  await writeFile(file, lines.join('\n'));
  return file;
}
