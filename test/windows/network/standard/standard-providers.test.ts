import { expect, it } from 'vitest';
import type { CimKeyValue } from '../../../../src/cim/model/instance-path.js';
import { InstancePath } from '../../../../src/cim/model/instance-path.js';
import { NameMap } from '../../../../src/cim/model/name-map.js';
import { addressKeys } from '../../../../src/windows/network/standard/address-rows.js';
import { routeKey } from '../../../../src/windows/network/standard/routes.js';
import { keyOf, namedKeys, STANDARD } from '../../../../src/windows/network/standard/rows.js';
import { createMachine, type Machine } from '../../machine.js';

const LEASED = 'Win32_NetworkAdapterConfiguration.Index=1';
const STATIC = 'Win32_NetworkAdapterConfiguration.Index=2';

const pathOf = (className: string, keys: Readonly<Record<string, CimKeyValue>>) =>
  new InstancePath({ namespace: STANDARD, className, keys });
const address = (text: string, index: number) => pathOf('MSFT_NetIPAddress', addressKeys({ address: text }, { index }));
const ofInterface = (index: number) => pathOf('MSFT_NetIPInterface', namedKeys(keyOf(index, 2, 1)));
const servers = (index: number, family: number) =>
  pathOf('MSFT_DNSClientServerAddress', namedKeys(String(index), String(family)));
const route = (prefix: string, interfaceIndex: number, nextHop: string) =>
  pathOf('MSFT_NetRoute', { InstanceID: routeKey({ prefix, interfaceIndex, nextHop }) });
const modify = ({ broker }: Machine, path: InstancePath, changes: Readonly<Record<string, unknown>>) =>
  broker.modifyInstance(path, new NameMap(Object.entries(changes)) as never);

it('takes an address away, and changes its network', async () => {
  const machine = await createMachine();
  await modify(machine, address('198.51.100.11', 12), { PrefixLength: 16 });
  expect(await machine.get(STATIC, 'IPSubnet')).toEqual([['255.255.0.0']]);
  await machine.broker.deleteInstance(address('198.51.100.11', 12));
  expect(await machine.get(STATIC, 'IPAddress', 'IPSubnet')).toEqual([null, null]);
  await expect(machine.broker.deleteInstance(address('127.0.0.1', 1))).rejects.toThrow('for itself');
  await expect(modify(machine, address('192.0.2.11', 11), { InterfaceAlias: 'x' })).rejects.toThrow('InterfaceAlias');
});

it('says how long a lease still is', async () => {
  const machine = await createMachine();
  const left = async () => String((await machine.broker.getInstance(address('192.0.2.11', 11))).get('ValidLifetime'));
  expect(await left()).toBe('00000006220000.000000:000');
  machine.pass(3_600_000);
  expect(await left()).toBe('00000006210000.000000:000');
});

it('turns DHCP off and on by the interface, and sets its metric', async () => {
  const machine = await createMachine();
  await modify(machine, ofInterface(11), { Dhcp: 0 });
  expect(await machine.get(LEASED, 'DHCPEnabled', 'IPAddress')).toEqual([false, ['2001:db8::11']]);
  await modify(machine, ofInterface(11), { Dhcp: 1, InterfaceMetric: 5 });
  const changed = await machine.broker.getInstance(ofInterface(11));
  expect([changed.get('Dhcp'), changed.get('AutomaticMetric')]).toEqual([1, 0]);
  expect(await machine.get(LEASED, 'DHCPEnabled', 'IPConnectionMetric', 'DHCPServer')).toEqual([true, 5, '192.0.2.2']);
});

it('sets the servers for names of each family', async () => {
  const machine = await createMachine();
  await modify(machine, servers(12, 23), { ServerAddresses: ['2001:db8::2'] });
  await modify(machine, servers(12, 2), { ServerAddresses: ['192.0.2.3'] });
  expect(await machine.get(STATIC, 'DNSServerSearchOrder')).toEqual([['192.0.2.3', '2001:db8::2']]);
  await expect(modify(machine, servers(12, 2), { ServerAddresses: ['dns'] })).rejects.toThrow('ServerAddresses');
});

it('takes routes away, of the new class and of the old one, and changes their metric', async () => {
  const machine = await createMachine();
  await modify(machine, route('0.0.0.0/0', 11, '192.0.2.1'), { RouteMetric: 7 });
  expect(await machine.get(LEASED, 'GatewayCostMetric')).toEqual([[7]]);
  const old = 'Win32_IP4RouteTable.Destination="0.0.0.0",InterfaceIndex=11,Mask="0.0.0.0",NextHop="192.0.2.1"';
  expect(await machine.get(old, 'Metric1')).toEqual([7]);
  await machine.broker.deleteInstance(machine.path(old));
  expect(await machine.get(LEASED, 'DefaultIPGateway')).toEqual([null]);
  await expect(machine.broker.getInstance(route('0.0.0.0/0', 11, '192.0.2.1'))).rejects.toThrow();
  await expect(machine.broker.deleteInstance(route('192.0.2.0/24', 11, '0.0.0.0'))).rejects.toThrow('follows from');
});

it('listens where a service runs', async () => {
  const machine = await createMachine();
  const port = pathOf('MSFT_NetTCPConnection', { InstanceID: keyOf('0.0.0.0', 3260, '0.0.0.0', 0) });
  const seen = async () => {
    const found = await machine.broker.getInstance(port);
    return [found.get('State'), found.get('OwningProcess')];
  };
  const [process] = await machine.get('Win32_Service.Name="WinTarget"', 'ProcessId');
  expect(await seen()).toEqual([2, process]);
  await machine.call('StopService', 'Win32_Service.Name="WinTarget"');
  machine.pass(60_000);
  await machine.call('InterrogateService', 'Win32_Service.Name="WinTarget"');
  expect(await seen()).toEqual([1, 0]);
});
