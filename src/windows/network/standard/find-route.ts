import { isIPv4 } from 'node:net';
import { networkOf } from '../ip-address.js';
import { networkOfIPv6 } from '../ipv6-address.js';
import { Family, type Interface } from './interfaces.js';
import type { Route } from './routes.js';

/** Whether a route leads to an address. */
function leadsTo(address: string, { prefix, family }: Route): boolean {
  const [network, length = '0'] = prefix.split('/');
  if (isIPv4(address) !== (family === Family.v4)) return false;
  if (Number(length) === 0) return true;
  const reached = family === Family.v4 ? networkOf(address, Number(length)) : networkOfIPv6(address, Number(length));
  return reached === network;
}

/** The route that packets to an address take: the most exact one, and of those the one that costs least. */
export function findRoute(
  address: string,
  routes: readonly Route[],
  interfaces: readonly Interface[],
): Route | undefined {
  const cost = ({ metric, interfaceIndex }: Route) =>
    metric + (interfaces.find(({ index }) => index === interfaceIndex)?.metric ?? 0);
  const bits = ({ prefix }: Route) => Number(prefix.split('/')[1] ?? 0);
  return routes
    .filter((route) => leadsTo(address, route))
    .sort((one, other) => bits(other) - bits(one) || cost(one) - cost(other))[0];
}
