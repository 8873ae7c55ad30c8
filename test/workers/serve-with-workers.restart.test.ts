import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createClient, InstancePath, type WsmanClient } from '../../src/index.js';
import { useWorkers } from './workers-server.js';

const system = new InstancePath({ namespace: 'root/cimv2', className: 'Win32_OperatingSystem', isSingleton: true });

async function toEnd(rows: AsyncIterator<unknown>): Promise<void> {
  while (!(await rows.next()).done);
}

describe('cimulator serve --workers 2, when a client restarts the default host', () => {
  const server = useWorkers('--reboot-seconds', '3');

  /** On a connection of its own. */
  async function asking<T>(ask: (client: WsmanClient) => Promise<T>): Promise<T> {
    const client = createClient({ url: server.url(), user: 'alice', password: 'secret', auth: 'basic' });
    try {
      return await ask(client);
    } finally {
      await client.close();
    }
  }

  const isListening = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(Number(new URL(server.url()).port), '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
  const power = async () => (await server.control('GET', '/v1/power')).json.power;
  const workers = async (): Promise<readonly { number: number; pid: number; state: string; restarts: number }[]> =>
    (await server.control('GET', '/v1')).json.workers;
  const lastBoot = async () => String(await asking(async (client) => (await client.get(system)).get('LastBootUpTime')));
  const isEverybodyThere = async () => (await workers()).every(({ state }) => state === 'ready');
  /** One with each worker, at least: they take connections in turn. */
  const beginWalks = () =>
    Promise.all(
      [1, 2, 3, 4].map(async () => {
        const client = createClient({ url: server.url(), user: 'alice', password: 'secret', auth: 'basic' });
        const namespace = 'root/cimv2';
        const rows = client.enumerate('Win32_Service', { namespace, maxElements: 1 })[Symbol.asyncIterator]();
        expect((await rows.next()).done).toBe(false);
        return { client, rows };
      }),
    );
  const expectForgotten = async (begun: Awaited<ReturnType<typeof beginWalks>>) => {
    for (const { client, rows } of begun) {
      await expect(toEnd(rows)).rejects.toThrow(/context/i);
      await client.close();
    }
  };
  const soon = { timeout: 10_000, interval: 50 };

  it('all of them refuse connections for its time, and answer again; one that ends meanwhile changes nothing', async () => {
    const before = await lastBoot();
    const kept = createClient({ url: server.url(), user: 'alice', password: 'secret', auth: 'basic' });
    await kept.get(system);
    const began = Date.now();
    expect((await asking((client) => client.invoke(system, 'Reboot'))).returnValue).toBe(0);
    await expect.poll(isListening, soon).toBe(false);
    expect(await power()).toBe('restarting');
    await expect(kept.get(system)).rejects.toThrow();
    await kept.close();

    const [first] = await workers();
    process.kill(first?.pid ?? 0, 'SIGKILL');
    await expect.poll(async () => (await workers())[0]?.restarts, soon).toBe(1);
    // Whoever takes its place does not listen before the others.
    while (Date.now() < began + 2_500) {
      expect(await isListening()).toBe(false);
      await sleep(100);
    }
    await expect.poll(isListening, soon).toBe(true);
    expect(Date.now() - began).toBeGreaterThanOrEqual(3_000);
    await expect.poll(power, soon).toBe('on');
    await expect.poll(isEverybodyThere, soon).toBe(true);
    for (let at = 0; at < 4; at += 1) expect(await lastBoot()).not.toBe(before);
  }, 30_000);

  it('all of them refuse until somebody starts a host that was shut down', async () => {
    await expect.poll(isEverybodyThere, soon).toBe(true);
    const begun = await beginWalks();
    expect((await asking((client) => client.invoke(system, 'Shutdown'))).returnValue).toBe(0);
    await expect.poll(isListening, soon).toBe(false);
    expect(await power()).toBe('off');
    for (const { pid } of await workers()) process.kill(pid, 'SIGKILL');
    await expect.poll(async () => (await workers()).map(({ restarts }) => restarts), soon).toEqual([2, 1]);
    await sleep(500);
    expect(await isListening()).toBe(false);
    expect((await server.control('POST', '/v1/start')).status).toBe(204);
    await expect.poll(isListening, soon).toBe(true);
    expect(await power()).toBe('on');
    await expect.poll(isEverybodyThere, soon).toBe(true);
    expect(await lastBoot()).toMatch(/^\d{14}/);
    await expectForgotten(begun);
  }, 30_000);

  it('stays off while somebody else has its port, and then all listen again', async () => {
    await expect.poll(isEverybodyThere, soon).toBe(true);
    const begun = await beginWalks();
    expect((await asking((client) => client.invoke(system, 'Shutdown'))).returnValue).toBe(0);
    await expect.poll(isListening, soon).toBe(false);
    const port = Number(new URL(server.url()).port);
    const other = createServer((socket) => socket.destroy());
    await once(other.listen(port, '127.0.0.1'), 'listening');
    try {
      const refused = await server.control('POST', '/v1/start');
      expect([refused.status, refused.json.error.message]).toEqual([
        409,
        `cannot listen on 127.0.0.1 port ${port}: the port is in use`,
      ]);
      expect(await power()).toBe('off');
    } finally {
      other.close();
    }
    expect((await server.control('POST', '/v1/start')).status).toBe(204);
    await expect.poll(isListening, soon).toBe(true);
    for (let at = 0; at < 4; at += 1) expect(await lastBoot()).toMatch(/^\d{14}/);
    await expectForgotten(begun);
  }, 30_000);

  it('shows what the primary is given, whoever answers', async () => {
    const mof = 'instance of Win32_Share { Name = "Seeded"; Path = "C:\\\\Tools"; Type = 0; AllowMaximum = true; };';
    const names = async (client: WsmanClient) => {
      const found: unknown[] = [];
      const namespace = 'root/Microsoft/Windows/Smb';
      for await (const one of client.enumerate('MSFT_SmbShare', { namespace })) found.push(one.get('Name'));
      return found;
    };
    const source = { mof: `#pragma namespace("root\\\\cimv2")\n${mof}` };
    expect((await server.control('POST', '/v1/seed', { sources: [source] })).status).toBe(204);
    for (let at = 0; at < 4; at += 1) expect(await asking(names)).toContain('Seeded');
  }, 30_000);

  it('a reset has it run', async () => {
    expect((await asking((client) => client.invoke(system, 'Win32Shutdown', { Flags: 5 }))).returnValue).toBe(0);
    await expect.poll(isListening, soon).toBe(false);
    expect((await server.control('POST', '/v1/reset')).status).toBe(200);
    await expect.poll(isListening, soon).toBe(true);
    expect(await power()).toBe('on');
  }, 30_000);
});
