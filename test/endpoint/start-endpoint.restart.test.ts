import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type Endpoint, InstancePath, startEndpoint, type WsmanClient } from '../../src/index.js';
import { askControl } from '../support/ask-control.js';

const namespace = 'root/cimv2';
const SYSTEM = 'root/cimv2:Win32_OperatingSystem=@';
const users = [{ name: 'lab', password: 'secret' }];

let now = Date.UTC(2026, 10, 30, 8);
let endpoint: Endpoint;
let ask: ReturnType<typeof askControl>;
beforeAll(async () => {
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  endpoint = await startEndpoint({ users, clock: () => now, rebootSeconds: 60, control: {}, logger });
  ask = askControl(endpoint.control?.url, endpoint.control?.token);
});
afterAll(() => endpoint.close());
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await endpoint.reset();
  expect(endpoint.hosts.get('srv01').power()).toBe('on');
});

const urlOf = (name: string) => endpoint.hosts.get(name).http?.url ?? '';
const clients: WsmanClient[] = [];
function clientAt(url: string): WsmanClient {
  const client = createClient({ url, user: 'lab', password: 'secret' });
  clients.push(client);
  return client;
}
const clientOf = (name: string) => clientAt(urlOf(name));
const system = new InstancePath({ namespace, className: 'Win32_OperatingSystem', isSingleton: true });

/** Whether somebody takes connections there. */
function isListening(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(urlOf(name)).port), '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function toEnd(rows: AsyncIterator<unknown>): Promise<void> {
  while (!(await rows.next()).done);
}

const bootOf = async (name: string) => String((await endpoint.hosts.get(name).cim.get(SYSTEM)).get('LastBootUpTime'));

describe('a host that a client restarts', () => {
  it('answers, refuses connections for its time by the clock, and runs again; others go on', async () => {
    const client = clientOf('srv02');
    const before = await bootOf('srv02');
    expect((await client.invoke(system, 'Reboot')).returnValue).toBe(0);
    await expect.poll(() => isListening('srv02')).toBe(false);
    expect(endpoint.hosts.get('srv02').power()).toBe('restarting');
    expect(await ask('GET', '/v1/power?host=srv02')).toEqual({ status: 200, json: { power: 'restarting' } });
    const other = clientOf('srv01');
    expect((await other.get(system)).get('CSName')).toBe('SRV01');
    now += 59_000;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await isListening('srv02')).toBe(false);
    now += 1_000;
    await expect.poll(() => isListening('srv02')).toBe(true);
    const again = clientOf('srv02');
    const found = await again.get(system);
    expect(String(found.get('LastBootUpTime'))).toBe('20261130080100.000000+000');
    expect(String(found.get('LastBootUpTime'))).not.toBe(before);
    const spooler = new InstancePath({ namespace, className: 'Win32_Service', keys: { Name: 'Spooler' } });
    expect((await again.get(spooler)).get('State')).toBe('Running');
  });

  it('in the middle of an enumeration of its own: the connection ends, and nothing of it is left', async () => {
    const client = clientOf('srv01');
    const rows = client.enumerate('Win32_Service', { namespace, maxElements: 1 })[Symbol.asyncIterator]();
    expect((await rows.next()).done).toBe(false);
    await client.invoke(system, 'Win32Shutdown', { Flags: 6 });
    await expect.poll(() => isListening('srv01')).toBe(false);
    await expect(toEnd(rows)).rejects.toThrow();
    await endpoint.hosts.get('srv01').start();
    expect(await isListening('srv01')).toBe(true);
    const again = clientOf('srv01');
    expect((await again.get(system)).get('CSName')).toBe('SRV01');
  });

  it('knows nothing of what was open before it', async () => {
    const [client, other] = [clientOf('srv01'), clientOf('srv01')];
    const rows = client.enumerate('Win32_Service', { namespace, maxElements: 1 })[Symbol.asyncIterator]();
    await rows.next();
    await other.invoke(system, 'Reboot');
    await expect.poll(() => isListening('srv01')).toBe(false);
    await endpoint.start();
    await expect(toEnd(rows)).rejects.toThrow(/context/i);
  });

  it('that shuts down stays off until somebody starts it', async () => {
    const client = clientOf('srv02');
    await client.invoke(system, 'Shutdown');
    await expect.poll(() => isListening('srv02')).toBe(false);
    now += 3_600_000;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect([await isListening('srv02'), endpoint.hosts.get('srv02').power()]).toEqual([false, 'off']);
    expect(await ask('POST', '/v1/start?host=srv02')).toMatchObject({ status: 204 });
    expect([await isListening('srv02'), endpoint.hosts.get('srv02').power()]).toEqual([true, 'on']);
    expect(endpoint.power()).toBe('on');
  });

  it('runs after a reset, with the lab as it was', async () => {
    const client = clientOf('srv01');
    await client.invoke(system, 'Shutdown');
    await expect.poll(() => isListening('srv01')).toBe(false);
    await endpoint.reset();
    expect(await isListening('srv01')).toBe(true);
  });
});

describe('an endpoint that is the only computer', () => {
  it('restarts as one of several does, and closes while it is down', async () => {
    const mof = `#pragma namespace("root/cimv2")
      instance of Win32_OperatingSystem { Name = "Lab"; CSName = "LAB"; };`;
    const only = await startEndpoint({ users, lab: { mof }, rebootSeconds: 3600, port: 0 });
    const closing = async () => {
      const client = clientAt(only.http.url);
      expect((await client.invoke(system, 'Reboot')).returnValue).toBe(0);
      await expect.poll(() => only.power()).toBe('restarting');
      await expect
        .poll(() =>
          client.get(system).then(
            () => 'answered',
            () => 'refused',
          ),
        )
        .toBe('refused');
    };
    await closing().finally(() => only.close());
    await expect(fetch(only.http.url)).rejects.toThrow();
  });
});
