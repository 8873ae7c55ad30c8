import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Endpoint } from '../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';

const CIMV2 = 'root/cimv2';
const SYSTEM = `${CIMV2}:Win32_OperatingSystem=@`;
const BEGIN = Date.UTC(2026, 10, 30, 8);
const logger = { debug() {}, info() {}, warn() {}, error() {} };

let folder: string;
let now: number;
let endpoint: Endpoint | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'go-on-'));
  now = BEGIN;
});
afterEach(async () => {
  await endpoint?.close();
  await rm(folder, { recursive: true });
});

/** A process of its own, as far as the state can tell. */
async function process(lab = 'empty', name = 'host01') {
  await endpoint?.close();
  endpoint = await startEndpoint({ port: 0, logger, lab, clock: () => now, rebootSeconds: 0, state: folder });
  return endpoint.hosts.get(name);
}

type Host = Awaited<ReturnType<typeof process>>;

const shutdown = async (host: Host, Timeout: number, Flags = 2) =>
  (await host.cim.invoke(SYSTEM, 'Win32ShutdownTracker', { Timeout, Flags })).returnValue;
const booted = async (host: Host) => String((await host.cim.get(SYSTEM)).get('LastBootUpTime')).slice(0, 14);
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 10_000 });
const settled = () => new Promise((resolve) => setTimeout(resolve, 80));

describe('a shutdown that waits while the process of the endpoint ends', () => {
  it('happens at its time all the same', async () => {
    const first = await process();
    const before = await booted(first);
    expect(await shutdown(first, 60)).toBe(0);
    now += 20_000;
    const second = await process();
    expect(await shutdown(second, 60)).toBe(1190);
    now += 39_000;
    await settled();
    expect(await booted(second)).toBe(before);
    now += 1000;
    await eventually(() => booted(second)).toBe('20261130080100');
    await eventually(() => second.power()).toBe('on');
    expect(await shutdown(second, 60)).toBe(0);
  });

  it('happens at once when its time is over by then, and leaves other computers alone', async () => {
    expect(await shutdown(await process('two-servers', 'srv02'), 60, 1)).toBe(0);
    now += 3_600_000;
    const second = await process('two-servers', 'srv02');
    await eventually(() => second.power()).toBe('off');
    expect(endpoint?.hosts.get('srv01').power()).toBe('on');
  });

  it('does not happen when it is called off by then, nor does another one come sooner for it', async () => {
    expect(await shutdown(await process(), 60)).toBe(0);
    const second = await process();
    const before = await booted(second);
    // Who is logged off takes it along.
    await second.cim.invoke(SYSTEM, 'Win32Shutdown', { Flags: 0 });
    expect(await shutdown(second, 600)).toBe(0);
    now += 60_000;
    await settled();
    expect(await booted(second)).toBe(before);
    now += 540_000;
    await eventually(() => booted(second)).toBe('20261130081000');
  });

  it('goes on where a snapshot has it', async () => {
    const host = await process();
    expect(await shutdown(host, 60)).toBe(0);
    const snapshot = await host.snapshot();
    await host.cim.invoke(SYSTEM, 'Win32Shutdown', { Flags: 0 });
    await host.restore(snapshot);
    now += 60_000;
    await eventually(() => booted(host)).toBe('20261130080100');
  });
});

describe('a service on its way while the process of the endpoint ends', () => {
  it('arrives', async () => {
    const first = await process('two-servers', 'srv01');
    const path = `${CIMV2}:Win32_Service.Name="Spooler"`;
    const service = await first.cim.get(path);
    await first.cim.put(service.with({ WaitHint: 30_000 }));
    expect((await first.cim.invoke(path, 'StopService')).returnValue).toBe(0);
    const state = async (host: Host) => (await host.cim.get(path)).get('State');
    expect(await state(first)).toBe('Stop Pending');
    const second = await process('two-servers', 'srv01');
    expect(await state(second)).toBe('Stop Pending');
    now += 30_000;
    await eventually(() => state(second)).toBe('Stopped');
  });
});

describe('what is printed while the process of the endpoint ends', () => {
  const printer = `${CIMV2}:Win32_Printer.DeviceID="Office Printer"`;
  const jobs = async (host: Host) =>
    (await host.cim.find('SELECT * FROM Win32_PrintJob', CIMV2)).map((one) => one.get('JobStatus'));

  it('is done at its time, and the next job begins, also where a snapshot has it', async () => {
    const first = await process('two-servers', 'srv01');
    for (const _ of [1, 2]) await first.cim.invoke(printer, 'PrintTestPage');
    now += 1000;
    const second = await process('two-servers', 'srv01');
    expect(await jobs(second)).toEqual(['Printing', null]);
    const snapshot = await second.snapshot();
    now += 1000;
    await eventually(() => jobs(second)).toEqual(['Printing']);
    now += 2000;
    await eventually(() => jobs(second)).toEqual([]);
    await second.restore(snapshot);
    await eventually(() => jobs(second)).toEqual([]);
  });
});
