import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROTOCOL, PROTOCOL_VERSION } from '../../src/bridge/greeting.js';
import { packageVersion } from '../../src/package/package-version.js';
import { MAIN } from '../cli/run-cli.js';
import { BRIDGE, startBridgeChild } from './bridge-child.js';
import { type BridgeLab, namespace, PASSWORD, startBridgeLab, targetOf } from './bridge-lab.js';

let lab: BridgeLab;
beforeAll(async () => {
  lab = await startBridgeLab(2000);
}, 60_000);
afterAll(async () => lab?.close());

const greeting = { protocol: PROTOCOL, version: PROTOCOL_VERSION, cimulator: packageVersion() };
const isAlive = (pid: number) =>
  existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));

describe('the bridge as a process', () => {
  it.each([
    ['by itself', [BRIDGE]],
    ['by the command', [MAIN, 'bridge']],
  ])('greets with protocol and version %s, and ends with its input', async (_what, command) => {
    const child = await startBridgeChild(command);
    expect(child.greeting).toEqual(greeting);
    expect(await child.end()).toEqual({ code: 0, signal: null });
    expect(child.stderr()).toBe('');
  });

  it.runIf(process.platform === 'linux')(
    'shows no secret in its arguments, its environment or on stderr, and opens no port',
    async () => {
      const child = await startBridgeChild();
      await child.call({ do: 'open', connection: 'c', target: targetOf(lab) });
      expect((await child.call({ do: 'identify', connection: 'c' })).result).toBeDefined();
      const wrong = await child.call({
        do: 'open',
        connection: 'd',
        target: targetOf(lab, { password: 5, user: PASSWORD }),
      });
      expect(wrong.error).toEqual({ kind: 'usage', message: 'target.password: it is no text' });
      const { pid } = child.process;
      const seen = ['cmdline', 'environ'].map((file) => readFileSync(`/proc/${pid}/${file}`, 'utf8')).join('\n');
      expect(seen + child.stderr()).not.toContain(PASSWORD);
      expect(listeningSockets(pid ?? 0)).toEqual([]);
      await child.end();
    },
  );

  it.runIf(process.platform === 'linux')('ends after kill -9 of its parent, and releases what is open', async () => {
    const before = lab.messages.length;
    // The parent: it opens a stream of one item, says the bridge's pid, and does nothing more.
    const script = `
      const { spawn } = require('node:child_process');
      const bridge = spawn(process.execPath, [${JSON.stringify(BRIDGE)}], { stdio: ['pipe', 'pipe', 'ignore'] });
      const send = (line) => bridge.stdin.write(JSON.stringify(line) + '\\n');
      send({ id: 1, do: 'open', connection: 'c', target: ${JSON.stringify(targetOf(lab))} });
      send({ id: 2, do: 'enumerateInstances', connection: 'c', namespace: ${JSON.stringify(namespace)}, class: 'LAB_Item', window: 1 });
      bridge.stdout.on('data', (data) => String(data).includes('"items"') && console.log(bridge.pid));
    `;
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    const pid = Number(line);
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
    expect(lab.actions.slice(before)).toContain('Release');
  });

  it.runIf(process.platform !== 'win32')(
    'tells a fault of its own on stderr, secrets masked, and ends with 2',
    async () => {
      const fault = `data:text/javascript,process.on('SIGUSR2',()=>{throw Error('it was hunter2')})`;
      const child = await startBridgeChild(['--import', fault, BRIDGE]);
      await child.call({ do: 'open', connection: 'c', target: targetOf(lab, { password: 'hunter2' }) });
      child.process.kill('SIGUSR2');
      expect(await child.exited).toEqual({ code: 2, signal: null });
      expect(child.lines.at(-1)).toEqual({ fatal: 'a fault of the bridge, which stderr tells' });
      expect(child.stderr()).toMatch(/^cimulator bridge: Error: it was \*\*\*\n/);
      expect(child.stderr()).not.toContain('hunter2');
    },
  );

  it('minds a cancellation while nobody reads what it writes', async () => {
    const child = await startBridgeChild();
    await child.call({ do: 'open', connection: 'c', target: targetOf(lab) });
    const before = lab.messages.length;
    child.process.stdout?.pause();
    const many = { do: 'enumerateInstances', connection: 'c', namespace, class: 'LAB_Item', window: 100_000 };
    const calls = Array.from({ length: 8 }, () => child.call(many));
    await expect.poll(() => lab.actions.slice(before)).toContain('Enumerate');
    await sleep(500);
    for (const { id } of calls) child.send({ cancel: id });
    await expect
      .poll(() => lab.actions.slice(before).filter((action) => action === 'Release').length)
      .toBeGreaterThan(0);
    child.process.stdout?.resume();
    for (const call of calls) expect(await call).toHaveProperty('error.kind', 'cancelled');
    await child.end();
  });
});

/** Sockets of a process that wait for connections, as /proc tells them. */
function listeningSockets(pid: number): readonly string[] {
  const LISTEN = '0A';
  const inodes = new Set(
    ['tcp', 'tcp6'].flatMap((file) =>
      readFileSync(`/proc/${pid}/net/${file}`, 'utf8')
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .filter((fields) => fields[3] === LISTEN)
        .map((fields) => fields[9]),
    ),
  );
  return openSockets(pid).filter((inode) => inodes.has(inode));
}

function openSockets(pid: number): readonly string[] {
  return readdirSync(`/proc/${pid}/fd`)
    .map((fd) => /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1])
    .filter((inode) => inode !== undefined);
}
