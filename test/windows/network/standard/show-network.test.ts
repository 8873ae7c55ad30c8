import { expect, it } from 'vitest';
import { InstancePath } from '../../../../src/cim/model/instance-path.js';
import { instancesIn } from '../../../../src/windows/derived-rows.js';
import { addressKeys } from '../../../../src/windows/network/standard/address-rows.js';
import {
  NET_ADAPTER,
  NET_ADDRESS,
  NET_ROUTE,
  ROUTE_TABLE,
  showNetwork,
  showRouteTable,
} from '../../../../src/windows/network/standard/show-network.js';
import { CIMV2, createMachine } from '../../machine.js';

const CONFIGURATION = { namespace: CIMV2, className: 'Win32_NetworkAdapterConfiguration', keys: { Index: 1 } };

it('shows the adapters of the lab, their addresses and their routes', async () => {
  const { store } = await createMachine();
  const adapters = await instancesIn(store, NET_ADAPTER);
  expect(adapters.map((one) => [one.get('Name'), one.get('NetLuid'), one.get('InterfaceOperationalStatus')])).toEqual([
    ['Ethernet', 1_689_399_800_627_200n, 1],
    ['Storage', 1_689_399_817_404_416n, 1],
    ['Spare', 1_689_399_834_181_632n, 2],
  ]);
  expect((await instancesIn(store, NET_ADDRESS)).map((one) => one.get('IPAddress'))).toEqual([
    ...['127.0.0.1', '::1', '192.0.2.11', '2001:db8::11', '198.51.100.11'],
  ]);
  const routes = (await instancesIn(store, NET_ROUTE)).filter((one) => one.get('AddressFamily') === 2);
  const table = await instancesIn(store, ROUTE_TABLE);
  expect(table.map((one) => `${one.get('Destination')} ${one.get('InterfaceIndex')} ${one.get('NextHop')}`)).toEqual(
    routes.map((one) =>
      [String(one.get('DestinationPrefix')).split('/')[0], one.get('InterfaceIndex'), one.get('NextHop')].join(' '),
    ),
  );
  expect(table).toHaveLength(16);
});

it('shows the routes of the interfaces in the older class alone', async () => {
  const { store } = await createMachine();
  const before = (await instancesIn(store, ROUTE_TABLE)).map((one) => String(one.path));
  await store.transaction(async (transaction) => {
    for (const { path } of await instancesIn(transaction, ROUTE_TABLE)) if (path) await transaction.delete(path);
    await showRouteTable({ store: transaction });
  });
  expect((await instancesIn(store, ROUTE_TABLE)).map((one) => String(one.path))).toEqual(before);
});

it('writes nothing when nothing has changed', async () => {
  const machine = await createMachine();
  const before = await machine.store.version();
  await machine.store.transaction((store) => showNetwork({ store }));
  expect(await machine.store.version()).toBe(before);
});

it('follows in the transaction that writes a configuration', async () => {
  const { store } = await createMachine();
  const path = new InstancePath(CONFIGURATION);
  await store.transaction(async (transaction) => {
    const before = await transaction.get(path);
    if (before) await transaction.put(before.with({ IPAddress: ['192.0.2.77'], IPSubnet: ['255.255.255.0'] }));
  });
  const keys = (address: string) => addressKeys({ address }, { index: 11 });
  expect(await store.get(new InstancePath({ ...NET_ADDRESS, keys: keys('192.0.2.77') }))).toBeDefined();
  expect(await store.get(new InstancePath({ ...NET_ADDRESS, keys: keys('192.0.2.11') }))).toBeUndefined();
  await store.transaction(async (transaction) => {
    await transaction.delete(path);
    transaction.discard();
  });
  expect(await store.get(new InstancePath({ ...NET_ADDRESS, keys: keys('192.0.2.77') }))).toBeDefined();
});
