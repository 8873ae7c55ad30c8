import { isIPv4 } from 'node:net';
import type { InstanceContext } from '../../../cim/contracts/provider.js';
import type { CimInstance } from '../../../cim/model/cim-instance.js';
import { findOffer, unleased } from '../dhcp.js';
import { orNull, textsOf } from '../read-parameters.js';
import type { ConfiguredInterface } from './find-interface.js';

/** An address as a configuration has it: of IPv4 with a mask, of IPv6 with the number of bits. */
export interface Configured {
  readonly address: string;
  readonly subnet: string;
}

type Context = Pick<InstanceContext, 'store'>;

/** Gives an interface one more address. One of IPv4 ends DHCP, and what it gave. */
export async function addAddress(given: Configured, to: ConfiguredInterface, context: Context): Promise<void> {
  const { configuration, of } = to;
  const isEnd = isIPv4(given.address) && of.isDhcp;
  const offer = isEnd ? await findOffer(configuration, context) : undefined;
  const before = isEnd ? configuration.with({ ...unleased(configuration, offer), DHCPEnabled: false }) : configuration;
  await context.store.put(before.with(listed([...configuredAddresses(before), given])));
}

export async function dropAddress(address: string, of: ConfiguredInterface, context: Context): Promise<void> {
  const left = configuredAddresses(of.configuration).filter((one) => one.address !== address);
  await context.store.put(of.configuration.with(listed(left)));
}

export async function setSubnet(given: Configured, of: ConfiguredInterface, context: Context): Promise<void> {
  const all = configuredAddresses(of.configuration).map((one) => (one.address === given.address ? given : one));
  await context.store.put(of.configuration.with(listed(all)));
}

function configuredAddresses(configuration: CimInstance): readonly Configured[] {
  const subnets = textsOf(configuration.get('IPSubnet'));
  return textsOf(configuration.get('IPAddress')).map((address, at) => ({ address, subnet: subnets[at] ?? '' }));
}

/** Those of IPv4 first, as Windows lists them. */
function listed(all: readonly Configured[]) {
  const sorted = [...all.filter(({ address }) => isIPv4(address)), ...all.filter(({ address }) => !isIPv4(address))];
  return {
    IPAddress: orNull(sorted.map(({ address }) => address)),
    IPSubnet: orNull(sorted.map(({ subnet }) => subnet)),
  };
}
