import { CimDateTime } from '../../../cim/model/cim-date-time.js';
import type { Row } from '../../derived-rows.js';
import { Family, type Interface, type InterfaceAddress } from './interfaces.js';
import { keyOf, namedKeys } from './rows.js';

/** Type and Store: of one computer, and what is now. */
const UNICAST = 1;
const ACTIVE = 1;
/** PrefixOrigin and SuffixOrigin. */
const Origin = { manual: 1, wellKnown: 2, dhcp: 3, link: 4 } as const;
/** AddressState. */
const TENTATIVE = 1;
const PREFERRED = 4;
/** The longest time that PowerShell knows, which says that there is no end. */
export const FOREVER = CimDateTime.parse('10675199024805.477580:000');

export function addressKeys({ address }: Pick<InterfaceAddress, 'address'>, { index }: Pick<Interface, 'index'>) {
  return namedKeys(keyOf(address, index, ACTIVE, UNICAST));
}

/** MSFT_NetIPAddress: each address of an interface. */
export function addressRows(of: Interface): readonly Row[] {
  return of.addresses.map((one) => ({
    keys: addressKeys(one, of),
    values: {
      ...{ InterfaceIndex: of.index, InterfaceAlias: of.alias, IPAddress: one.address, AddressFamily: one.family },
      ...{ IPv4Address: one.family === Family.v4 ? one.address : null, Type: UNICAST, Store: ACTIVE },
      ...{ IPv6Address: one.family === Family.v6 ? one.address : null, PrefixLength: one.prefixLength },
      ...originOf(one, of),
      AddressState: of.isConnected ? PREFERRED : TENTATIVE,
    },
    initial: {
      SkipAsSource: false,
      ...{ EnabledDefault: 2, RequestedState: 12, TransitioningToState: 12 },
    },
  }));
}

function originOf({ address, family }: InterfaceAddress, { configuration, isDhcp }: Interface) {
  const both = (origin: number, suffix = origin) => ({ PrefixOrigin: origin, SuffixOrigin: suffix });
  if (configuration === undefined) return both(Origin.wellKnown);
  if (family === Family.v6 || !isDhcp) return both(Origin.manual);
  return address.startsWith('169.254.') ? both(Origin.wellKnown, Origin.link) : both(Origin.dhcp);
}
