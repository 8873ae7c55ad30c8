import type { InstanceTransaction } from '../../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../../cim/model/cim-instance.js';
import { instancesIn, type Row, showRows } from '../../derived-rows.js';
import { CIMV2 } from '../../namespaces.js';
import { adapterRow } from './adapter-rows.js';
import { addressRows } from './address-rows.js';
import { interfaceRows, serverRows } from './interface-rows.js';
import { allAdapters, Family, type Interface, interfacesOf } from './interfaces.js';
import { tableRow } from './route-table.js';
import { ANYWHERE, Protocol, type Route, routeRow, routesOf } from './routes.js';
import { STANDARD } from './rows.js';

export const NET_ADAPTER = { namespace: STANDARD, className: 'MSFT_NetAdapter' };
export const NET_ADDRESS = { namespace: STANDARD, className: 'MSFT_NetIPAddress' };
export const NET_INTERFACE = { namespace: STANDARD, className: 'MSFT_NetIPInterface' };
export const NET_ROUTE = { namespace: STANDARD, className: 'MSFT_NetRoute' };
export const DNS_SERVERS = { namespace: STANDARD, className: 'MSFT_DNSClientServerAddress' };
export const ROUTE_TABLE = { namespace: CIMV2, className: 'Win32_IP4RouteTable' };

/**
 * Makes the classes of root/StandardCimv2, and the table of routes, what the adapters and their configurations say: after each change of
 * these. Routes that somebody has set are there by themselves, as long as there is their interface.
 */
export async function showNetwork({ store }: { readonly store: InstanceTransaction }): Promise<void> {
  const adapters = await allAdapters({ store });
  const interfaces = await interfacesOf({ store });
  const system = await fullName(store);
  const indices = new Set(interfaces.map(({ index }) => index));
  const rows = (of: (one: Interface) => readonly Row[]) => interfaces.flatMap(of);
  await showRows(
    store,
    NET_ADAPTER,
    adapters.map((one) => adapterRow(one, system)),
  );
  await showRows(store, NET_ADDRESS, rows(addressRows));
  await showRows(store, NET_INTERFACE, rows(interfaceRows));
  await showRows(store, DNS_SERVERS, rows(serverRows));
  const derived = interfaces.flatMap(routesOf);
  const isSet = (one: CimInstance) =>
    one.get('Protocol') === Protocol.set && !isAnywhere(one) && indices.has(Number(one.get('InterfaceIndex')));
  await showRows(store, NET_ROUTE, derived.map(routeRow), isSet);
  const routes = (await instancesIn(store, NET_ROUTE)).map(routeIn);
  await showRows(store, ROUTE_TABLE, routes.filter(isOfIPv4).map(tableRow));
}

/** Makes the table of routes what follows from the interfaces alone: as long as nobody has looked at the routes of root/StandardCimv2. */
export async function showRouteTable({ store }: { readonly store: InstanceTransaction }): Promise<void> {
  const routes = (await interfacesOf({ store })).flatMap(routesOf);
  await showRows(store, ROUTE_TABLE, routes.filter(isOfIPv4).map(tableRow));
}

const isOfIPv4 = ({ family }: Route) => family === Family.v4;

function isAnywhere(route: CimInstance): boolean {
  return Object.values(ANYWHERE).some((prefix) => prefix === route.get('DestinationPrefix'));
}

/** What an instance of MSFT_NetRoute says. */
export function routeIn(row: CimInstance): Route {
  return {
    prefix: row.getString('DestinationPrefix') ?? '',
    family: row.get('AddressFamily') === Family.v6 ? Family.v6 : Family.v4,
    interfaceIndex: Number(row.get('InterfaceIndex')),
    alias: row.getString('InterfaceAlias') ?? '',
    nextHop: row.getString('NextHop') ?? '',
    metric: Number(row.get('RouteMetric') ?? 0),
    protocol: Number(row.get('Protocol') ?? Protocol.set),
  };
}

/** How the computer is called with its domain, where it is in one. */
async function fullName(store: InstanceTransaction): Promise<string> {
  const [computer] = await instancesIn(store, { namespace: CIMV2, className: 'Win32_ComputerSystem' });
  const name = computer?.getString('DNSHostName') ?? computer?.getString('Name') ?? '';
  return computer?.get('PartOfDomain') === true ? `${name}.${computer.getString('Domain') ?? ''}` : name;
}
