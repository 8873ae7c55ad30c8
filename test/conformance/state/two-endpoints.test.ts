import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpEndpoint, startEndpoint, type WsmanClient } from '../../../src/index.js';
import { findPostgres, type PostgresServer, startPostgres } from '../../store/postgres/start-postgres.js';
import { startWireProxy, type WireProxy } from '../../store/postgres/wire-proxy.js';
import { account, clientOf, makePipe } from './lab-client.js';
import { disordered, type Outcomes, type Register, registerOf, useRegisters } from './register-clients.js';

const bin = findPostgres();

describe.skipIf(bin === undefined)('two endpoints on one database', () => {
  let server: PostgresServer;
  let proxy: WireProxy;
  let endpoints: HttpEndpoint[] = [];
  const clients: WsmanClient[] = [];
  beforeAll(async () => {
    server = await startPostgres(bin ?? '', { isDurable: true });
    proxy = await startWireProxy(server.port);
    const open = (port: number) => startEndpoint({ users: [account], state: server.url({}, port) });
    // One is told at once what the other hears through something that can be slowed down and cut.
    endpoints = [await open(server.port), await open(proxy.port)] as HttpEndpoint[];
    for (const { http } of endpoints) for (const _ of [1, 2]) clients.push(clientOf(http.url));
  }, 60_000);
  afterAll(async () => {
    proxy?.resume();
    proxy?.accept();
    for (const client of clients) await client.close();
    for (const endpoint of endpoints) await endpoint.close();
    proxy?.close();
    await server?.close();
  });

  /** All clients read and rename three pipes, while something is done to the database. */
  async function load(disturb: () => Promise<unknown>): Promise<{ registers: Register[]; outcomes: Outcomes }> {
    const [first] = clients as [WsmanClient];
    const registers: Register[] = [];
    for (const name of ['a', 'b', 'c']) registers.push(registerOf(await makePipe(first, name), name));
    const outcomes: Outcomes = { conflicts: 0, unknown: [] };
    let isOver = false;
    const using = clients.map((client, at) => useRegisters(client, `${at}`, registers, () => isOver, outcomes));
    const count = () => registers.reduce((sum, { history }) => sum + history.length, 0);
    try {
      await disturb();
      // A machine that does much besides takes longer.
      await expect.poll(count, { timeout: 20_000, message: outcomes.unknown.join() }).toBeGreaterThan(30);
    } finally {
      isOver = true;
    }
    await Promise.all(using);
    return { registers, outcomes };
  }

  it('answer all clients in one order, and each of them tells how it went', async () => {
    const { registers, outcomes } = await load(() => sleep(2_000));
    expect(outcomes.unknown).toEqual([]);
    expect(disordered(registers)).toEqual([]);
  });

  it('keep to one order while the database is slow for one of them, and cuts it off', async () => {
    const { registers } = await load(async () => {
      for (let each = 0; each < 4; each += 1) {
        proxy.pause();
        await sleep(150);
        proxy.resume();
        await sleep(100);
        proxy.cut(each === 2);
        await sleep(100);
        proxy.accept();
        await sleep(200);
      }
    });
    expect(disordered(registers)).toEqual([]);
  });

  it('keep to one order, and go on, when the database crashes and comes again', async () => {
    const { registers } = await load(async () => {
      await sleep(500);
      await server.stop();
      await sleep(200);
      await server.start();
      await sleep(1_500);
    });
    expect(disordered(registers)).toEqual([]);
  }, 60_000);

  it('end the jobs of both when one of them is reset, and each begins anew once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cimulator-resets-'));
    const resets: string[] = [];
    const ended: string[] = [];
    const begin: (() => void)[] = [];
    const open = (name: string) =>
      startEndpoint({
        users: [account],
        state: server.url(),
        allowReset: true,
        dataDir: join(folder, name),
        providers: [
          (host) => {
            host.onReset(() => void resets.push(name));
            begin.push(() => host.job(({ signal }) => once(signal, 'abort').then(() => void ended.push(name))));
            return { className: 'MSISCSITARGET_StorageHardwareID', methods: {} };
          },
        ],
      });
    const [left, right] = await Promise.all([open('left'), open('right')]);
    try {
      for (const job of begin) job();
      await left.reset();
      // Each stands for the two computers of the lab, and each of them has its providers.
      const all = ['left', 'left', 'right', 'right'];
      await expect.poll(() => ended.sort(), { timeout: 10_000 }).toEqual(all);
      // What another one asks for later tells nobody twice.
      await right.cim.find('SELECT * FROM MSFTSM_ComputerSystem');
      expect(resets.sort()).toEqual(all);
    } finally {
      await left.close();
      await right.close();
      await rm(folder, { recursive: true });
    }
  }, 60_000);
});
