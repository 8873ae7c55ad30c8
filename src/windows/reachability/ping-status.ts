import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { Provider } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import type { CimKeyValue } from '../../cim/model/instance-path.js';
import type { NameMap } from '../../cim/model/name-map.js';
import { NotCapableError } from '../../cim/model/not-capable-error.js';
import { pathIn } from '../machine.js';
import type { LabNetwork } from './lab-network.js';
import { PingCode, type Reached, reach } from './reach.js';

const CLASS = 'Win32_PingStatus';

/** What is sent where nobody says otherwise: the defaults of the class. */
const USUAL = {
  ...{ BufferSize: 32, NoFragmentation: false, RecordRoute: 0, ResolveAddressNames: false },
  ...{ SourceRoute: '', SourceRouteType: 0, Timeout: 1000, TimeStampRoute: 0, TimeToLive: 80, TypeofService: 0 },
} satisfies Record<string, CimKeyValue>;

/** WSAHOST_NOT_FOUND. */
const HOST_NOT_FOUND = 11001;
/** What fits into a packet of an Ethernet, besides its heads. */
const LARGEST_PACKET = 1472;
/** What Windows answers with: time to live, in hops. */
const REPLY_TIME_TO_LIVE = 128;

/** Pings, by name or address: each is an instance that is made when it is asked for. */
export function pingStatus(network: LabNetwork | undefined): Provider {
  return defineProvider(CLASS, {
    methods: {},
    instances: {},
    asked: async (given, { namespace, store }) => {
      const Address = given.get('Address');
      if (typeof Address !== 'string' || Address === '')
        throw new NotCapableError('Win32_PingStatus answers for one Address, which the query does not say.');
      const keys = { Address, ...sent(given) };
      const reached = await reach(Address, store, network);
      const path = pathIn({ namespace }, CLASS, keys);
      return new CimInstance(CLASS, Object.entries({ ...keys, ...answerOf(reached, keys) }), path);
    },
  });
}

type Sent = typeof USUAL;

function sent(given: NameMap<CimValue>): Sent {
  const values = Object.entries(USUAL).map(([name, usual]) => [name, given.get(name) ?? usual] as const);
  return Object.fromEntries(values) as Sent;
}

function answerOf(reached: Reached, { BufferSize, NoFragmentation, ResolveAddressNames }: Sent) {
  const isTooBig = NoFragmentation && BufferSize > LARGEST_PACKET && !reached.isOwn;
  const code = reached.code === PingCode.success && isTooBig ? PingCode.packetTooBig : reached.code;
  const isAnswered = code === PingCode.success;
  return {
    PrimaryAddressResolutionStatus: reached.isResolved ? 0 : HOST_NOT_FOUND,
    ProtocolAddress: isAnswered ? (reached.address ?? '') : '',
    ProtocolAddressResolved: isAnswered && ResolveAddressNames ? (reached.name ?? '') : '',
    StatusCode: code ?? null,
    ...{ ReplyInconsistency: false, ReplySize: isAnswered ? BufferSize : null },
    ResponseTime: isAnswered ? Number(!reached.isOwn) : null,
    ResponseTimeToLive: isAnswered ? REPLY_TIME_TO_LIVE : null,
  };
}
