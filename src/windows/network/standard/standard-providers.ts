import type { Provider } from '../../../cim/contracts/provider.js';
import { netAdapters } from './net-adapters.js';
import { netAddresses } from './net-addresses.js';
import { netConnections } from './net-connections.js';
import { dnsServers, netInterfaces } from './net-interfaces.js';
import { netRoutes } from './net-routes.js';

/** The behaviour of the classes of root/StandardCimv2. */
export function standardProviders(): readonly Provider[] {
  return [netAdapters, netAddresses, netInterfaces, dnsServers, netRoutes, netConnections];
}
