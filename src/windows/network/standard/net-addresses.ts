import { defineProvider } from '../../../cim/contracts/define-provider.js';
import type { DerivedValue, InstanceContext, MethodInput } from '../../../cim/contracts/provider.js';
import { CimDateTime } from '../../../cim/model/cim-date-time.js';
import { CimError } from '../../../cim/model/cim-error.js';
import type { CimInstance } from '../../../cim/model/cim-instance.js';
import { InstancePath } from '../../../cim/model/instance-path.js';
import { shorten } from '../../../cim/model/shorten.js';
import { staticForAdministrators } from '../../for-administrators.js';
import { machineNow } from '../../machine-time.js';
import { MethodRefusal } from '../../method-refusal.js';
import { configurationOf } from '../connection.js';
import { leaseOf } from '../dhcp.js';
import { isHostAddress, maskOf } from '../ip-address.js';
import { canonicalIPv6 } from '../ipv6-address.js';
import { addressKeys, FOREVER } from './address-rows.js';
import { checkChanges } from './check-changes.js';
import { addAddress, type Configured, dropAddress, setSubnet } from './configured-addresses.js';
import { setGateway } from './configured-gateways.js';
import { givenInterface, interfaceOfRow } from './find-interface.js';
import { allAdapters, Family } from './interfaces.js';
import { NetError } from './net-error.js';
import { NET_ADDRESS, showNetwork } from './show-network.js';

const BY_DHCP = 3;
const CHANGEABLE = [
  'PrefixLength',
  'PrefixOrigin',
  'SuffixOrigin',
  'ValidLifetime',
  'PreferredLifetime',
  'SkipAsSource',
];

function isBits(length: number, family: Family): boolean {
  return length >= 1 && length <= (family === Family.v4 ? 32 : 128);
}

/** @throws MethodRefusal 87 */
function givenAddress({ IPAddress, PrefixLength: length, AddressFamily: wanted }: MethodInput): Configured {
  const text = typeof IPAddress === 'string' ? IPAddress : '';
  const isV4 = isHostAddress(text);
  const address = isV4 ? text : canonicalIPv6(text);
  const family = isV4 ? Family.v4 : Family.v6;
  if (address === undefined || (typeof wanted === 'number' && wanted !== family))
    throw new MethodRefusal(NetError.invalidParameter, `no interface may have the IPAddress ${shorten(text, 100)}`);
  const bits = typeof length === 'number' ? length : isV4 ? 32 : 64;
  if (!isBits(bits, family)) throw new MethodRefusal(NetError.invalidParameter, `PrefixLength cannot be ${bits}`);
  return { address, subnet: isV4 ? maskOf(bits) : String(bits) };
}

/** @throws MethodRefusal 87 */
function givenGateway(given: MethodInput[string]): string | undefined {
  if (typeof given !== 'string' || given === '') return undefined;
  const gateway = isHostAddress(given) ? given : canonicalIPv6(given);
  if (gateway !== undefined) return gateway;
  throw new MethodRefusal(NetError.invalidParameter, `DefaultGateway ${shorten(given, 100)} is no address`);
}

/** How long the lease of an address still is. One that nobody leased has no end. */
const lifetime: DerivedValue = async (row, context) => {
  if (row.get('PrefixOrigin') !== BY_DHCP) return FOREVER;
  const adapters = await allAdapters(context);
  const adapter = adapters.find((one) => one.get('InterfaceIndex') === row.get('InterfaceIndex'));
  const configuration = adapter && (await configurationOf(adapter, context));
  const expires = configuration && (await leaseOf(configuration, context))?.expires.microseconds;
  if (expires === undefined) return FOREVER;
  const left = expires - BigInt(Math.round(await machineNow(context))) * 1000n;
  return CimDateTime.interval(left > 0n ? left : 0n);
};

async function changeAddress(changed: CimInstance, before: CimInstance, context: InstanceContext) {
  checkChanges(changed, before, CHANGEABLE);
  const bits = Number(changed.get('PrefixLength'));
  if (bits !== before.get('PrefixLength')) {
    const family = before.get('AddressFamily') === Family.v4 ? Family.v4 : Family.v6;
    const found = await interfaceOfRow(before, context);
    if (!found || !isBits(bits, family)) throw new CimError('InvalidParameter', `PrefixLength cannot be ${bits}.`);
    const subnet = family === Family.v4 ? maskOf(bits) : String(bits);
    await setSubnet({ address: before.getString('IPAddress') ?? '', subnet }, found, context);
  }
  return changed;
}

async function removeAddress(row: CimInstance, context: InstanceContext): Promise<void> {
  const found = await interfaceOfRow(row, context);
  if (!found) throw new CimError('AccessDenied', 'The computer has this address for itself.');
  await dropAddress(row.getString('IPAddress') ?? '', found, context);
}

/** MSFT_NetIPAddress: addresses of interfaces, which are those of Win32_NetworkAdapterConfiguration. */
export const netAddresses = defineProvider(NET_ADDRESS.className, {
  methods: {
    Create: staticForAdministrators(NetError.accessDenied, async (input, context) => {
      const given = givenAddress(input);
      const gateway = givenGateway(input.DefaultGateway);
      const to = await givenInterface(input, context);
      if (to.of.addresses.some(({ address }) => address === given.address))
        throw new MethodRefusal(NetError.exists, `${to.of.alias} has the address ${given.address} already`);
      await addAddress(given, to, context);
      if (gateway !== undefined) await setGateway(gateway, 256, await givenInterface(input, context), context);
      await showNetwork(context);
      const made = await context.store.get(new InstancePath({ ...NET_ADDRESS, keys: addressKeys(given, to.of) }));
      const shown = made?.with({ SkipAsSource: input.SkipAsSource === true });
      if (shown) await context.store.put(shown);
      return { ReturnValue: NetError.none, CmdletOutput: shown ? [shown] : [] };
    }),
  },
  instances: { modify: changeAddress, delete: removeAddress },
  derived: { ValidLifetime: lifetime, PreferredLifetime: lifetime },
});
