import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { InstanceContext } from '../../cim/contracts/provider.js';
import { CimError } from '../../cim/model/cim-error.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { isHostAddress, networkOf, prefixLengthOf } from './ip-address.js';
import { interfaceOfRow } from './standard/find-interface.js';
import { Family } from './standard/interfaces.js';
import { addRoute, removeRoute } from './standard/net-routes.js';
import { DIRECT, Protocol, type Route, routeKey } from './standard/routes.js';
import { NET_ROUTE, ROUTE_TABLE } from './standard/show-network.js';

/** @throws CimError InvalidParameter */
function routeOf(row: CimInstance, alias: string): Route {
  const [network, mask, hop] = ['Destination', 'Mask', 'NextHop'].map((name) => row.getString(name) ?? '');
  const bits = mask === '0.0.0.0' ? 0 : prefixLengthOf(mask ?? '');
  const isDirect = hop === DIRECT[Family.v4];
  if (bits === undefined || network === undefined || networkOf(network, bits) !== network)
    throw new CimError('InvalidParameter', 'Destination and Mask are no network.');
  if (hop === undefined || !(isHostAddress(hop) || (isDirect && bits > 0)))
    throw new CimError('InvalidParameter', 'NextHop is no address of a gateway.');
  return {
    ...{ prefix: `${network}/${bits}`, family: Family.v4, interfaceIndex: Number(row.get('InterfaceIndex')), alias },
    ...{ nextHop: hop, metric: Number(row.get('Metric1') ?? 1), protocol: Protocol.set },
  };
}

async function setRoute(row: CimInstance, context: InstanceContext): Promise<CimInstance> {
  const to = await interfaceOfRow(row, context);
  if (!to) throw new CimError('InvalidParameter', 'InterfaceIndex is that of no adapter.');
  await addRoute(routeOf(row, to.of.alias), to, context);
  const path = new InstancePath({ ...ROUTE_TABLE, keys: Array.from(row.path?.keys ?? []) });
  return (await context.store.get(path)) ?? row;
}

/** Win32_IP4RouteTable: the routes of MSFT_NetRoute, as far as they are of IPv4. */
export const routeTable = defineProvider(ROUTE_TABLE.className, {
  methods: {},
  instances: {
    create: setRoute,
    modify: (row, _before, context) => setRoute(row, context),
    delete: async (row, context) => {
      const route = routeOf(row, '');
      const shown = await context.store.get(new InstancePath({ ...NET_ROUTE, keys: { InstanceID: routeKey(route) } }));
      if (shown) await removeRoute(shown, context);
    },
  },
});
