import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CimDateTime } from '../../src/cim/model/cim-date-time.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { createClient } from '../../src/client/create-client.js';
import type { WsmanClient } from '../../src/client/wsman-client.js';
import { type RunningCli, runCli, startCli } from '../cli/run-cli.js';
import { collect } from '../client/scripted-server.js';

const MOF = 'fixtures/examples/thermostat.mof';
const PROVIDER = 'fixtures/examples/thermostat.mjs';
const kitchen = new InstancePath({ className: 'LAB_Thermostat', keys: { DeviceID: 't-1' } });

let dataDir: string;
let running: RunningCli;
let client: WsmanClient;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'cimulator-'));
  running = startCli([
    ...['serve', '--port', '0', '--https-port', 'off', '--user', 'lab:secret', '--ready-json', '--data-dir', dataDir],
    ...['--lab', MOF, '--provider', PROVIDER],
  ]);
  const { http } = JSON.parse(await running.firstLine());
  client = createClient({ url: http, user: 'lab', password: 'secret' });
});
afterAll(async () => {
  await client.close();
  running.process.kill();
  await running.result;
  await rm(dataDir, { recursive: true });
});

describe('the example of docs/writing-a-provider.md', () => {
  it('compiles', async () => {
    const { code, stdout } = await runCli(['mof', 'compile', '--built-in', MOF]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/\b2 instances, /)]);
  });

  it('serves the instances of its MOF', async () => {
    const found = await collect(client.enumerate('LAB_Thermostat'));
    expect(found.map((one) => [one.get('Room'), one.get('Target')])).toEqual([
      ['Kitchen', 19],
      ['Cellar', 12],
    ]);
  });

  it('serves its declaration', async () => {
    const { keys, methods } = await client.getClass('LAB_Thermostat');
    expect([keys, [...methods.keys()]]).toEqual([['DeviceID'], ['SetTarget', 'CountBelow']]);
  });

  it('runs a method that changes its instance', async () => {
    const { returnValue, outputs } = await client.invoke(kitchen, 'SetTarget', { Target: 22 });
    expect([returnValue, outputs.get('Previous')]).toEqual([0, 19]);
    const after = await client.get(kitchen);
    expect(after.get('Target')).toBe(22);
    expect(after.get('Changed')).toBeInstanceOf(CimDateTime);
  });

  it('refuses by a return value and changes nothing', async () => {
    const { Target } = Object.fromEntries((await client.get(kitchen)).properties);
    expect((await client.invoke(kitchen, 'SetTarget', { Target: 99 })).returnValue).toBe(2);
    expect((await client.get(kitchen)).get('Target')).toBe(Target);
  });

  it('refuses a call that lacks a required parameter', async () => {
    const call = client.invoke(kitchen, 'SetTarget');
    await expect(call).rejects.toMatchObject({ cimStatusName: 'InvalidParameter' });
  });

  it('runs a static method', async () => {
    const { outputs } = await client.invoke('LAB_Thermostat', 'CountBelow', { Target: 15 });
    expect(outputs.get('Count')).toBe(1);
  });

  it('makes a key, lets the room change and nothing else, and deletes', async () => {
    const path = await client.create('LAB_Thermostat', { Room: 'Hall' });
    expect((await client.get(path)).get('Target')).toBe(20);
    expect((await client.put(path, { Room: 'Loft' })).get('Room')).toBe('Loft');
    await expect(client.put(path, { Target: 1 })).rejects.toThrow('read-only');
    await client.delete(path);
    await expect(client.get(path)).rejects.toMatchObject({ cimStatusName: 'NotFound' });
  });

  it('refuses an instance by an error of its own', async () => {
    await expect(client.create('LAB_Thermostat', {})).rejects.toMatchObject({
      cimStatusName: 'InvalidParameter',
      detailMessage: 'A thermostat hangs in a room: give Room.',
    });
  });
});

describe('serve --provider', () => {
  const serve = (...flags: string[]) =>
    runCli(['serve', '--port', '0', '--https-port', 'off', '--data-dir', dataDir, ...flags]);

  it.each([
    ['a file that is not there', 'fixtures/none.mjs', /^cimulator: --provider fixtures\/none\.mjs: .*\n$/],
    ['a module without providers', '.dependency-cruiser.cjs', /^cimulator: --provider .*: .*\n$/],
    [
      'a provider of a class that is not there',
      PROVIDER,
      /^cimulator: fixtures\/examples\/thermostat.mjs: providers\[0\]: there is no class LAB_Thermostat in namespace .*\n$/,
    ],
  ])('refuses %s in one line', async (_what, file, message) => {
    const { code, stderr } = await serve('--provider', file);
    expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
  });
});
