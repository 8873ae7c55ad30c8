import { isIPv4 } from 'node:net';
import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import { CimDateTime } from '../../cim/model/cim-date-time.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { machineNow } from '../machine-time.js';
import { CIMULATOR } from '../namespaces.js';
import { timestampOf } from '../timestamp.js';
import { linkLocalOf } from './ip-address.js';
import { orNull, textsOf } from './read-parameters.js';

const OFFER_CLASS = 'CIMULATOR_DhcpOffer';

interface Reader {
  readonly store: Pick<InstanceReader, 'get'>;
  now(): number;
}

type Values = Readonly<Record<string, CimValue>>;

/** What a DHCP server has for the adapter of a configuration; undefined when none answers. */
export function findOffer(
  configuration: CimInstance,
  { store }: Pick<Reader, 'store'>,
): Promise<CimInstance | undefined> {
  const keys = { MACAddress: configuration.getString('MACAddress') ?? '' };
  return store.get(new InstancePath({ namespace: CIMULATOR, className: OFFER_CLASS, keys }));
}

/** A configuration's addresses with the IPv4 ones in front replaced. Those of IPv6 are no matter of DHCP here, and stay. */
export function withIPv4(configuration: CimInstance, addresses: readonly string[], masks: readonly string[]): Values {
  const before = textsOf(configuration.get('IPAddress'));
  const subnets = textsOf(configuration.get('IPSubnet'));
  const kept = before.map((address, at) => [address, subnets[at] ?? ''] as const).filter(([one]) => !isIPv4(one));
  return {
    IPAddress: orNull([...addresses, ...kept.map(([address]) => address)]),
    IPSubnet: orNull([...masks, ...kept.map(([, subnet]) => subnet)]),
  };
}

/** What a configuration has with a lease that begins now. Servers for DNS that somebody has set stay. */
export async function leased(configuration: CimInstance, offer: CimInstance, context: Reader): Promise<Values> {
  const gateways = textsOf(offer.get('Gateways'));
  const servers = textsOf(configuration.get('DNSServerSearchOrder'));
  return {
    ...withIPv4(configuration, [offer.getString('Address') ?? ''], [offer.getString('SubnetMask') ?? '']),
    DHCPServer: offer.get('Server'),
    DHCPLeaseObtained: timestampOf(await machineNow(context), 0),
    DefaultIPGateway: orNull(gateways),
    GatewayCostMetric: orNull(gateways.map(() => 0)),
    DNSServerSearchOrder: servers.length > 0 ? servers : orNull(textsOf(offer.get('DnsServers'))),
    DNSDomain: configuration.getString('DNSDomain') || offer.get('Domain'),
  };
}

/** What it has without a lease. */
export function unleased(configuration: CimInstance, offer: CimInstance | undefined): Values {
  const servers = textsOf(configuration.get('DNSServerSearchOrder'));
  const given = textsOf(offer?.get('DnsServers'));
  const isGiven = servers.length === given.length && servers.every((server, at) => server === given[at]);
  return {
    ...withIPv4(configuration, [], []),
    ...{ DHCPServer: null, DHCPLeaseObtained: null, DefaultIPGateway: null, GatewayCostMetric: null },
    ...(isGiven && { DNSServerSearchOrder: null }),
  };
}

/** What it has when no server answers: an address that it gave itself. */
export function selfAssigned(configuration: CimInstance): Values {
  const address = linkLocalOf(configuration.getString('MACAddress') ?? '');
  return { ...unleased(configuration, undefined), ...withIPv4(configuration, [address], ['255.255.0.0']) };
}

/** A lease, as it is by now: the computer asks for it anew when half of it is over (RFC 2131, 4.4.5), and the server gives it. */
export async function leaseOf(
  configuration: CimInstance,
  context: Reader,
): Promise<{ readonly obtained: CimDateTime; readonly expires: CimDateTime } | undefined> {
  const obtained = configuration.get('DHCPLeaseObtained');
  if (!(obtained instanceof CimDateTime) || obtained.microseconds === undefined) return undefined;
  const began = Number(obtained.microseconds / 1000n);
  const lease = Number((await findOffer(configuration, context))?.get('LeaseSeconds') ?? 0) * 1000;
  if (lease === 0) return undefined;
  const halves = Math.max(0, Math.floor(((await machineNow(context)) - began) / (lease / 2)));
  const renewed = began + halves * (lease / 2);
  return { obtained: timestampOf(renewed, 0), expires: timestampOf(renewed + lease, 0) };
}
