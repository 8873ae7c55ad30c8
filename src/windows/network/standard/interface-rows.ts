import type { Row } from '../../derived-rows.js';
import { Family, type Interface } from './interfaces.js';
import { keyOf, namedKeys } from './rows.js';

const ACTIVE = 1;

/** MSFT_NetIPInterface: each interface once for each family of addresses. Values that nobody sets are as they were seen on a server. */
export function interfaceRows(of: Interface): readonly Row[] {
  return [Family.v4, Family.v6].map((family) => {
    const isV4 = family === Family.v4;
    const isDhcp = isV4 && of.isDhcp;
    return {
      keys: namedKeys(keyOf(of.index, family, ACTIVE)),
      values: {
        ...{ InterfaceIndex: of.index, InterfaceAlias: of.alias, AddressFamily: family, Store: ACTIVE },
        ...{ ConnectionState: of.isConnected ? 1 : 0, Dhcp: isDhcp ? 1 : 0, LowestIfNetLuid: of.luid },
        ...{ InterfaceMetric: of.metric, CompartmentId: 1, IsolationId: 0 },
      },
      initial: {
        ...{ NlMtu: of.mtu, Advertising: 0, AdvertiseDefaultRoute: 0 },
        ...{ AutomaticMetric: 1, BaseReachableTime: 30_000, ReachableTime: 30_000, RetransmitTime: 1000 },
        ...{ CurrentHopLimit: 0, DadRetransmitTime: 1000, DadTransmits: isV4 ? 3 : 1, EcnMarking: 3 },
        ...{ DirectedMacWolPattern: 0, ForceArpNdWolPattern: 0, Forwarding: 0, IgnoreDefaultRoutes: 0 },
        ...{ ManagedAddressConfiguration: isV4 ? 1 : 0, OtherStatefulConfiguration: isV4 ? 1 : 0 },
        ...{ NeighborDiscoverySupported: 1, NeighborUnreachabilityDetection: 1, RouterDiscovery: isV4 ? 2 : 1 },
        ...{ WeakHostReceive: 0, WeakHostSend: 0, EnabledDefault: 2, RequestedState: 12, TransitioningToState: 12 },
      },
    };
  });
}

/** MSFT_DNSClientServerAddress: the servers of an interface, of each family. */
export function serverRows(of: Interface): readonly Row[] {
  return [Family.v4, Family.v6].map((family) => ({
    keys: namedKeys(String(of.index), String(family)),
    values: {
      ...{ InterfaceIndex: of.index, InterfaceAlias: of.alias, AddressFamily: family },
      ServerAddresses: of.servers.filter((server) => server.includes(':') === (family === Family.v6)),
    },
  }));
}
