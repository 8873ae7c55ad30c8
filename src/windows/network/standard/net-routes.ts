import { isIPv4 } from 'node:net';
import { defineProvider } from '../../../cim/contracts/define-provider.js';
import type { InstanceContext, MethodInput } from '../../../cim/contracts/provider.js';
import { CimError } from '../../../cim/model/cim-error.js';
import type { CimInstance } from '../../../cim/model/cim-instance.js';
import { InstancePath } from '../../../cim/model/instance-path.js';
import { shorten } from '../../../cim/model/shorten.js';
import { instancesIn, showRows } from '../../derived-rows.js';
import { staticForAdministrators } from '../../for-administrators.js';
import { MethodRefusal, refusing } from '../../method-refusal.js';
import { networkOf } from '../ip-address.js';
import { canonicalIPv6, networkOfIPv6 } from '../ipv6-address.js';
import { addressKeys, FOREVER } from './address-rows.js';
import { checkChanges } from './check-changes.js';
import { dropGateway, setGateway } from './configured-gateways.js';
import { type ConfiguredInterface, givenInterface, interfaceOfRow } from './find-interface.js';
import { findRoute } from './find-route.js';
import { Family, interfacesOf } from './interfaces.js';
import { NetError } from './net-error.js';
import { ANYWHERE, DIRECT, LOCAL_METRIC, Protocol, type Route, routeKey, routeRow } from './routes.js';
import { NET_ADDRESS, NET_ROUTE, routeIn, showNetwork } from './show-network.js';

const CHANGEABLE = ['RouteMetric', 'Publish'];

function isAnywhere({ prefix, family }: Route): boolean {
  return prefix === ANYWHERE[family];
}

/** A network and its length, `192.0.2.0/24`. @throws MethodRefusal 87 */
function givenPrefix(given: MethodInput[string]): { readonly prefix: string; readonly family: Family } {
  const text = typeof given === 'string' ? given : '';
  const [, address = '', length] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const bits = Number(length);
  if (isIPv4(address) && bits <= 32) return { prefix: `${networkOf(address, bits)}/${bits}`, family: Family.v4 };
  const plain = canonicalIPv6(address);
  if (plain !== undefined && bits <= 128) return { prefix: `${networkOfIPv6(plain, bits)}/${bits}`, family: Family.v6 };
  throw new MethodRefusal(NetError.invalidParameter, `DestinationPrefix ${shorten(text, 100)} is none`);
}

/** The gateway of a route; none for what is reached at once. @throws MethodRefusal 87 */
function givenHop(given: MethodInput[string], family: Family): string {
  if (typeof given !== 'string' || given === '') return DIRECT[family];
  const hop = family === Family.v6 ? canonicalIPv6(given) : isIPv4(given) ? given : undefined;
  if (hop !== undefined) return hop;
  throw new MethodRefusal(NetError.invalidParameter, `NextHop ${shorten(given, 100)} is no address of this family`);
}

/** @throws MethodRefusal 87 */
function givenRoute({ DestinationPrefix, NextHop, RouteMetric }: MethodInput, to: ConfiguredInterface): Route {
  const { prefix, family } = givenPrefix(DestinationPrefix);
  const nextHop = givenHop(NextHop, family);
  if (prefix === ANYWHERE[family] && nextHop === DIRECT[family])
    throw new MethodRefusal(NetError.invalidParameter, 'NextHop of a route to anywhere is a gateway');
  const metric = typeof RouteMetric === 'number' ? RouteMetric : LOCAL_METRIC;
  const { index: interfaceIndex, alias } = to.of;
  return { prefix, family, interfaceIndex, alias, nextHop, metric, protocol: Protocol.set };
}

/** Adds a route: one to anywhere as a gateway of the interface. */
export async function addRoute(
  route: Route,
  to: ConfiguredInterface,
  context: Pick<InstanceContext, 'store'>,
): Promise<void> {
  if (isAnywhere(route)) await setGateway(route.nextHop, route.metric, to, context);
  else await showRows(context.store, NET_ROUTE, [routeRow(route)], () => true);
  await showNetwork(context);
}

export async function removeRoute(row: CimInstance, context: InstanceContext): Promise<void> {
  const route = routeIn(row);
  const found = await interfaceOfRow(row, context);
  if (!found || route.protocol !== Protocol.set)
    throw new CimError('AccessDenied', 'This route follows from an address of the interface.');
  if (isAnywhere(route)) await dropGateway(route.nextHop, found, context);
  if (row.path) await context.store.delete(row.path);
  await showNetwork(context);
}

async function changeRoute(changed: CimInstance, before: CimInstance, context: InstanceContext) {
  checkChanges(changed, before, CHANGEABLE);
  const found = await interfaceOfRow(before, context);
  const route = routeIn(changed);
  if (found && isAnywhere(route)) await setGateway(route.nextHop, route.metric, found, context);
  await context.store.put(changed);
  await showNetwork(context);
  return changed;
}

/** MSFT_NetRoute: routes that follow from addresses, gateways, and those that somebody has set. */
export const netRoutes = defineProvider(NET_ROUTE.className, {
  methods: {
    Create: staticForAdministrators(NetError.accessDenied, async (input, context) => {
      const to = await givenInterface(input, context);
      const route = givenRoute(input, to);
      const path = new InstancePath({ ...NET_ROUTE, keys: { InstanceID: routeKey(route) } });
      if (await context.store.get(path))
        throw new MethodRefusal(NetError.exists, `there is a route to ${route.prefix} already`);
      await addRoute(route, to, context);
      const made = await context.store.get(path);
      const shown = made?.with({ Publish: input.Publish ?? 0 });
      if (shown) await context.store.put(shown);
      return { ReturnValue: NetError.none, CmdletOutput: shown ? [shown] : [] };
    }),

    Find: refusing(async ({ RemoteIPAddress, LocalIPAddress, InterfaceIndex }, context) => {
      const text = typeof RemoteIPAddress === 'string' ? RemoteIPAddress : '';
      const address = isIPv4(text) ? text : canonicalIPv6(text);
      if (address === undefined)
        throw new MethodRefusal(NetError.invalidParameter, `RemoteIPAddress ${shorten(text, 100)} is no address`);
      const interfaces = (await interfacesOf(context)).filter(
        ({ index, addresses }) =>
          (typeof InterfaceIndex !== 'number' || index === InterfaceIndex) &&
          (typeof LocalIPAddress !== 'string' || addresses.some((one) => one.address === LocalIPAddress)),
      );
      const indices = interfaces.map(({ index }) => index);
      const rows = (await instancesIn(context.store, NET_ROUTE)).map((row) => ({ row, route: routeIn(row) }));
      const candidates = rows
        .map(({ route }) => route)
        .filter(({ interfaceIndex }) => indices.includes(interfaceIndex));
      const route = findRoute(address, candidates, interfaces);
      const from = interfaces.find(({ index }) => index === route?.interfaceIndex);
      const source = from?.addresses.find(({ family }) => family === route?.family);
      if (!route || !from || !source) throw new MethodRefusal(NetError.unreachable, `no route leads to ${address}`);
      const keys = addressKeys(source, from);
      const local = await context.store.get(new InstancePath({ ...NET_ADDRESS, keys }));
      const taken = rows.find((one) => one.route === route)?.row;
      return { ReturnValue: NetError.none, CmdletOutput: [local, taken].flatMap((one) => one ?? []) };
    }),
  },
  instances: { modify: changeRoute, delete: removeRoute },
  derived: { ValidLifetime: () => FOREVER, PreferredLifetime: () => FOREVER },
});
