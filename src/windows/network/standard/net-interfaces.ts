import { defineProvider } from '../../../cim/contracts/define-provider.js';
import type { InstanceContext } from '../../../cim/contracts/provider.js';
import { CimDateTime } from '../../../cim/model/cim-date-time.js';
import { CimError } from '../../../cim/model/cim-error.js';
import type { CimInstance } from '../../../cim/model/cim-instance.js';
import { findOffer, leased, selfAssigned, unleased } from '../dhcp.js';
import { isAddress } from '../ip-address.js';
import { orNull, textsOf } from '../read-parameters.js';
import { checkChanges } from './check-changes.js';
import { type ConfiguredInterface, interfaceOfRow } from './find-interface.js';
import { Family } from './interfaces.js';
import { DNS_SERVERS, NET_INTERFACE, showNetwork } from './show-network.js';

/** What the page marks as Write. */
const CHANGEABLE = [
  ...['Forwarding', 'Advertising', 'NlMtu', 'InterfaceMetric', 'NeighborUnreachabilityDetection', 'BaseReachableTime'],
  ...['RetransmitTime', 'DadTransmits', 'RouterDiscovery', 'ManagedAddressConfiguration', 'OtherStatefulConfiguration'],
  ...['WeakHostSend', 'WeakHostReceive', 'IgnoreDefaultRoutes', 'AdvertiseDefaultRoute'],
  ...['CurrentHopLimit', 'ForceArpNdWolPattern', 'DirectedMacWolPattern', 'EcnMarking', 'Dhcp', 'AutomaticMetric'],
];

async function changeInterface(changed: CimInstance, before: CimInstance, context: InstanceContext) {
  checkChanges(changed, before, CHANGEABLE);
  const found = await interfaceOfRow(before, context);
  if (!found) throw new CimError('AccessDenied', 'The computer has this interface with itself.');
  const [dhcp, metric] = [changed.get('Dhcp'), changed.get('InterfaceMetric')];
  const isSet = metric !== before.get('InterfaceMetric');
  if (isSet && !(typeof metric === 'number' && metric >= 1))
    throw new CimError('InvalidParameter', 'InterfaceMetric is at least 1.');
  await context.store.put(
    found.configuration.with({
      ...(isSet && { IPConnectionMetric: metric }),
      ...(dhcp !== before.get('Dhcp') && (await withDhcp(dhcp === 1, before, found, context))),
    }),
  );
  await context.store.put(changed.with({ AutomaticMetric: isSet ? 0 : changed.get('AutomaticMetric') }));
  await showNetwork(context);
  return (before.path && (await context.store.get(before.path))) ?? changed;
}

/** DHCP on or off, for IPv4; of IPv6 the model has none. @throws CimError */
async function withDhcp(
  isOn: boolean,
  row: CimInstance,
  { configuration }: ConfiguredInterface,
  context: InstanceContext,
) {
  if (row.get('AddressFamily') !== Family.v4) throw new CimError('NotSupported', 'There is no DHCPv6.');
  const offer = await findOffer(configuration, context);
  if (!isOn) return { ...unleased(configuration, offer), DHCPEnabled: false };
  return { ...(offer ? await leased(configuration, offer, context) : selfAssigned(configuration)), DHCPEnabled: true };
}

async function changeServers(changed: CimInstance, before: CimInstance, context: InstanceContext) {
  checkChanges(changed, before, ['ServerAddresses']);
  const found = await interfaceOfRow(before, context);
  if (!found) throw new CimError('AccessDenied', 'The computer has this interface with itself.');
  const isV6 = before.get('AddressFamily') === Family.v6;
  const given = textsOf(changed.get('ServerAddresses'));
  if (given.some((one) => !isAddress(one) || one.includes(':') !== isV6))
    throw new CimError('InvalidParameter', 'ServerAddresses has what is no address of this family.');
  const others = found.of.servers.filter((one) => one.includes(':') !== isV6);
  const all = isV6 ? [...others, ...given] : [...given, ...others];
  await context.store.put(found.configuration.with({ DNSServerSearchOrder: orNull(all) }));
  return changed;
}

/** For how long a router that advertises itself is one. */
const ADVERTISED = CimDateTime.interval(1_800_000_000n);

/** MSFT_NetIPInterface. */
export const netInterfaces = defineProvider(NET_INTERFACE.className, {
  methods: {},
  instances: { modify: changeInterface },
  derived: { AdvertisedRouterLifetime: () => ADVERTISED },
});

/** MSFT_DNSClientServerAddress. */
export const dnsServers = defineProvider(DNS_SERVERS.className, {
  methods: {},
  otherMethods: 'not-supported',
  instances: { modify: changeServers },
});
