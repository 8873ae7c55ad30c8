import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { NotCapableError } from '../../../src/cim/model/not-capable-error.js';
import { objectPath } from '../../../src/windows/table-paths.js';
import { CIMV2, createMachine, type Machine } from '../machine.js';

let machine: Machine;

beforeAll(async () => {
  machine = await createMachine();
});

afterAll(() => machine.close());

async function ping(Address: string, more: Readonly<Record<string, CimValue>> = {}) {
  const asked = new NameMap(Object.entries({ Address, ...more }));
  const [found] = (await machine.broker.findInstances(CIMV2, 'Win32_PingStatus', asked)) ?? [];
  if (!found) throw new Error(`no answer for ${Address}`);
  return found;
}

const said = async (address: string, more: Readonly<Record<string, CimValue>> = {}) => {
  const found = await ping(address, more);
  return ['StatusCode', 'PrimaryAddressResolutionStatus', 'ProtocolAddress'].map((name) => found.get(name));
};

describe('Win32_PingStatus', () => {
  it.each([
    ['localhost', 0, 0, '::1'],
    ['127.0.0.1', 0, 0, '127.0.0.1'],
    ['srv01', 0, 0, '192.0.2.11'],
    ['192.0.2.11', 0, 0, '192.0.2.11'],
    ['srv02', 0, 0, '192.0.2.12'],
    ['SRV02.LAB.EXAMPLE', 0, 0, '192.0.2.12'],
    ['iscsi-b', 0, 0, '192.0.2.12'],
    ['192.0.2.12', 0, 0, '192.0.2.12'],
    ['2001:db8::12', 0, 0, '2001:db8::12'],
    ['gw.lab.example', 0, 0, '192.0.2.1'],
    ['192.0.2.77', 11003, 0, ''],
    ['203.0.113.7', 11010, 0, ''],
    ['nobody', null, 11001, ''],
    ['127.nobody', null, 11001, ''],
  ])('answers for %s with %s', async (address, code, resolution, from) => {
    expect(await said(address)).toEqual([code, resolution, from]);
  });

  it('says what was sent and what came back', async () => {
    const found = await ping('srv02', { BufferSize: 64, Timeout: 500, ResolveAddressNames: true });
    const names = ['BufferSize', 'ReplySize', 'Timeout', 'TimeToLive', 'ResponseTimeToLive', 'ProtocolAddressResolved'];
    expect(names.map((name) => found.get(name))).toEqual([64, 64, 500, 80, 128, 'srv02.lab.example']);
    const again = found.path && (await machine.broker.getInstance(found.path));
    expect(again?.path?.canonical).toBe(found.path?.canonical);
  });

  it('cannot send more than a packet holds that must not be taken apart', async () => {
    expect(await said('srv02', { BufferSize: 1473, NoFragmentation: true })).toEqual([11009, 0, '']);
    expect(await said('srv01', { BufferSize: 1473, NoFragmentation: true })).toEqual([0, 0, '192.0.2.11']);
  });

  it('is listed by nobody', async () => {
    await expect(machine.broker.openInstances(CIMV2, 'Win32_PingStatus', { subclasses: true })).rejects.toThrow(
      NotCapableError,
    );
    const timeout = new NameMap<CimValue>([['Timeout', 500]]);
    await expect(machine.broker.findInstances(CIMV2, 'Win32_PingStatus', timeout)).rejects.toThrow(NotCapableError);
  });

  it('reaches nobody when the computer is cut off, and itself', async () => {
    const lonely = await createMachine();
    for await (const adapter of lonely.store.scan(CIMV2, 'Win32_NetworkAdapter'))
      await lonely.call(
        'Disable',
        objectPath('Win32_NetworkAdapter', { DeviceID: adapter.getString('DeviceID') ?? '' }),
      );
    const code = async (Address: string) => {
      const asked = new NameMap<CimValue>([['Address', Address]]);
      const [found] = (await lonely.broker.findInstances(CIMV2, 'Win32_PingStatus', asked)) ?? [];
      return [found?.get('StatusCode'), found?.get('PrimaryAddressResolutionStatus')];
    };
    expect(await code('192.0.2.12')).toEqual([11050, 0]);
    expect(await code('srv02')).toEqual([null, 11001]);
    expect(await code('srv01')).toEqual([0, 0]);
    await lonely.close();
  });
});
