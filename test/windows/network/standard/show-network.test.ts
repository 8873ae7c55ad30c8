import { expect, it } from 'vitest';
import {
  DNS_SERVERS,
  NET_ADAPTER,
  NET_ADDRESS,
  NET_INTERFACE,
  NET_ROUTE,
  ROUTE_TABLE,
  showNetwork,
} from '../../../../src/windows/network/standard/show-network.js';
import { createMachine } from '../../machine.js';
import { printRows } from '../../print-rows.js';

const LAB = '../../../../fixtures/labs/two-servers/srv01';

it('shows the adapters of the lab as the lab does', async () => {
  const machine = await createMachine();
  await machine.store.transaction((store) => showNetwork({ store }));
  const standard = [NET_ADAPTER, NET_ADDRESS, NET_INTERFACE, DNS_SERVERS, NET_ROUTE];
  await expect(
    await printRows(machine, 'What root/StandardCimv2 says of the network of srv01.', standard),
  ).toMatchFileSnapshot(`${LAB}/root.StandardCimv2/network.mof`);
  await expect(await printRows(machine, 'Routes of srv01.', [ROUTE_TABLE])).toMatchFileSnapshot(
    `${LAB}/root.cimv2/routes.mof`,
  );
});

it('writes nothing when nothing has changed', async () => {
  const machine = await createMachine();
  await machine.store.transaction((store) => showNetwork({ store }));
  const before = await machine.store.version();
  await machine.store.transaction((store) => showNetwork({ store }));
  expect(await machine.store.version()).toBe(before);
});
