import type { Row } from '../../derived-rows.js';
import { broadcastOf, networkOf } from '../ip-address.js';
import { networkOfIPv6 } from '../ipv6-address.js';
import { Family, type Interface, type InterfaceAddress } from './interfaces.js';
import { keyOf } from './rows.js';

/** Where packets go. */
export interface Route {
  /** `192.0.2.0/24` */
  readonly prefix: string;
  readonly family: Family;
  readonly interfaceIndex: number;
  readonly alias: string;
  /** The gateway; of what is reached at once, the address that is none. */
  readonly nextHop: string;
  readonly metric: number;
  readonly protocol: number;
}

/** Protocol: it follows from addresses, or somebody has set it. */
export const Protocol = { local: 2, set: 3 } as const;
const ACTIVE = 1;
/** What Windows gives a route that nobody gave a metric. */
export const LOCAL_METRIC = 256;
export const ANYWHERE = { [Family.v4]: '0.0.0.0/0', [Family.v6]: '::/0' } as const;
export const DIRECT = { [Family.v4]: '0.0.0.0', [Family.v6]: '::' } as const;

/** The routes that follow from what an interface has; none while it is not connected. */
export function routesOf(of: Interface): readonly Route[] {
  if (!of.isConnected) return [];
  const { index: interfaceIndex, alias } = of;
  const direct = (prefix: string, family: Family): Route => ({
    ...{ prefix, family, interfaceIndex, alias, nextHop: DIRECT[family] },
    ...{ metric: LOCAL_METRIC, protocol: Protocol.local },
  });
  const families = [...new Set(of.addresses.map(({ family }) => family))];
  const prefixes = new Map<string, Family>();
  for (const one of of.addresses) for (const prefix of prefixesOf(one)) prefixes.set(prefix, one.family);
  for (const family of families) for (const prefix of GROUPS[family]) prefixes.set(prefix, family);
  return [
    ...of.gateways.map(({ address, metric }): Route => {
      const family = address.includes(':') ? Family.v6 : Family.v4;
      const prefix = ANYWHERE[family];
      return { prefix, family, interfaceIndex, alias, nextHop: address, metric, protocol: Protocol.set };
    }),
    ...Array.from(prefixes, ([prefix, family]) => direct(prefix, family)),
  ];
}

/** To many at once: groups, and, in IPv4, all. */
const GROUPS = { [Family.v4]: ['224.0.0.0/4', '255.255.255.255/32'], [Family.v6]: ['ff00::/8'] } as const;

/** An address's network, itself, and those that all in its network listen to. */
function prefixesOf({ address, prefixLength, family }: InterfaceAddress): readonly string[] {
  if (family === Family.v6) return [`${networkOfIPv6(address, prefixLength)}/${prefixLength}`, `${address}/128`];
  const network = `${networkOf(address, prefixLength)}/${prefixLength}`;
  return [network, `${address}/32`, `${broadcastOf(address, prefixLength)}/32`];
}

export function routeKey(route: Pick<Route, 'prefix' | 'interfaceIndex' | 'nextHop'>): string {
  return keyOf(route.prefix, route.interfaceIndex, route.nextHop, ACTIVE);
}

/** MSFT_NetRoute. */
export function routeRow(route: Route): Row {
  return {
    keys: { InstanceID: routeKey(route) },
    values: {
      ...{ DestinationPrefix: route.prefix, InterfaceIndex: route.interfaceIndex, InterfaceAlias: route.alias },
      ...{ NextHop: route.nextHop, AddressFamily: route.family, Protocol: route.protocol, RouteMetric: route.metric },
      ...{ Store: ACTIVE, TypeOfRoute: route.protocol === Protocol.set ? 2 : 3 },
    },
    initial: { Publish: 0 },
  };
}
