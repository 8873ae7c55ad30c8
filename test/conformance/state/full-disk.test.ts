import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type HttpEndpoint, startEndpoint } from '../../../src/index.js';
import { account, clientOf, hardwareId } from './lab-client.js';

const CLASS = 'MSISCSITARGET_StorageHardwareID';

/** A file system of its own, of some MiB; undefined where this user may not mount one. */
async function mountDisk(size: number): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'cimulator-disk-'));
  const directory = join(folder, 'disk');
  await mkdir(directory);
  onTestFinished(() => rm(folder, { recursive: true }));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}m,mode=0700`, 'tmpfs', directory], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', directory]));
  return directory;
}

const open = (state: string) => startEndpoint({ users: [account], state }) as Promise<HttpEndpoint>;

describe('an endpoint whose disk is full', () => {
  it('refuses what does not fit, answers reads, goes on when there is room, and has lost nothing', async ({ skip }) => {
    const disk = (await mountDisk(4)) ?? skip('no file system can be mounted here');
    let endpoint = await open(join(disk, 'state'));
    const clients = [0, 1, 2, 3].map(() => clientOf(endpoint.http.url));
    const acknowledged: string[] = [];
    const create = async (at: number, id: string) => {
      const values = {
        InstanceID: id,
        StorageID: `iqn.2026-11.example:${id}`,
        IDType: 5,
        ElementName: 'x'.repeat(20_000),
      };
      await clients[at]?.create(CLASS, values);
      acknowledged.push(id);
    };
    const refused = await Promise.all(
      clients.map(async (_, at) => {
        for (let turn = 0; turn < 300; turn += 1) {
          const fault = await create(at, `${at}-${turn}`).catch((error: unknown) => error);
          if (fault !== undefined) return (fault as { subcode?: { name?: string } }).subcode?.name;
        }
        return 'nothing was refused';
      }),
    );
    expect(new Set(refused)).toEqual(new Set(['QuotaLimit']));
    expect(acknowledged.length).toBeGreaterThan(10);
    const ready = async () => (await fetch(new URL('/readyz', endpoint.http.url))).status;
    expect(await ready()).toBe(503);
    const has = async (id: string) => (await clients[0]?.get(hardwareId(id)))?.get('InstanceID') === id;
    for (const id of acknowledged.slice(-5)) expect(await has(id)).toBe(true);
    execFileSync('mount', ['-o', 'remount,size=16m', disk]);
    await create(0, 'there is room again');
    expect(await ready()).toBe(200);
    for (const client of clients) await client.close();
    await endpoint.close();
    endpoint = await open(join(disk, 'state'));
    onTestFinished(() => endpoint.close());
    const found = (await endpoint.cim.find(`SELECT * FROM ${CLASS}`)).map((one) => one.get('InstanceID'));
    expect(acknowledged.filter((id) => !found.includes(id))).toEqual([]);
  });

  it('does not start on one that is read-only, and says so in one line', async ({ skip }) => {
    const disk = (await mountDisk(4)) ?? skip('no file system can be mounted here');
    const state = join(disk, 'state');
    await (await open(state)).close();
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    await expect(open(state)).rejects.toThrow(/state.* is on a read-only file system: a state has to be written$/);
  });
});
