import { shorten } from '../../cim/model/shorten.js';
import { MethodRefusal } from '../method-refusal.js';
import { ConfigurationCode } from './configuration-code.js';
import { type Configure, configuring, ipConfigurations, ofComputer } from './configuring.js';
import { findOffer, leased, selfAssigned, unleased, withIPv4 } from './dhcp.js';
import { isHostAddress, prefixLengthOf } from './ip-address.js';
import { neededNumber, neededTexts, orNull, textsOf } from './read-parameters.js';

const MOST_GATEWAYS = 5;
const METRICS = [1, 9999] as const;

const enableStatic: Configure = async (configuration, { IPAddress, SubnetMask }, context) => {
  const addresses = neededTexts(IPAddress, 'IPAddress');
  const masks = neededTexts(SubnetMask, 'SubnetMask');
  if (addresses.length !== masks.length)
    throw new MethodRefusal(ConfigurationCode.invalidParameter, 'there is not one SubnetMask for each IPAddress');
  const seen = new Set<string>();
  const wrong = addresses.find((one) => !isHostAddress(one) || seen.size === seen.add(one).size);
  if (wrong !== undefined)
    throw new MethodRefusal(ConfigurationCode.invalidAddress, `no adapter may have the address ${shorten(wrong, 100)}`);
  const noMask = masks.find((one) => prefixLengthOf(one) === undefined);
  if (noMask !== undefined)
    throw new MethodRefusal(ConfigurationCode.invalidSubnetMask, `${shorten(noMask, 100)} is no subnet mask`);
  const isLeased = configuration.get('DHCPEnabled') === true;
  return {
    ...(isLeased && unleased(configuration, await findOffer(configuration, context))),
    ...withIPv4(configuration, addresses, masks),
    DHCPEnabled: false,
  };
};

const setGateways: Configure = (configuration, { DefaultIPGateway, GatewayCostMetric }) => {
  if (configuration.get('DHCPEnabled') === true)
    throw new MethodRefusal(ConfigurationCode.notSupported, 'the gateways are those that the DHCP server says');
  const gateways = neededTexts(DefaultIPGateway, 'DefaultIPGateway');
  if (gateways.length > MOST_GATEWAYS)
    throw new MethodRefusal(ConfigurationCode.tooManyGateways, `${gateways.length} gateways are too many`);
  const wrong = gateways.find((one) => !isHostAddress(one));
  if (wrong !== undefined)
    throw new MethodRefusal(ConfigurationCode.invalidGateway, `${shorten(wrong, 100)} is no address of a gateway`);
  const given = Array.isArray(GatewayCostMetric) ? GatewayCostMetric : [];
  if (given.length > 0 && given.length !== gateways.length)
    throw new MethodRefusal(ConfigurationCode.invalidParameter, 'there is not one metric for each gateway');
  const metrics = gateways.map((_, at) => (given.length === 0 ? 1 : neededNumber(given[at], 'a metric', METRICS)));
  // An adapter that is its own gateway has none: that is how scripts take it away.
  const own = textsOf(configuration.get('IPAddress'));
  const others = gateways.map((one, at) => [one, metrics[at] ?? 1] as const).filter(([one]) => !own.includes(one));
  return {
    DefaultIPGateway: orNull(others.map(([gateway]) => gateway)),
    GatewayCostMetric: orNull(others.map(([, metric]) => metric)),
  };
};

const enableDhcp: Configure = async (configuration, _input, context) => {
  if (configuration.get('DHCPEnabled') === true) return {};
  const offer = await findOffer(configuration, context);
  const addresses = offer ? await leased(configuration, offer, context) : selfAssigned(configuration);
  return { ...addresses, DHCPEnabled: true };
};

const release: Configure = async (configuration, _input, context) => {
  checkDhcp(configuration.get('DHCPEnabled'));
  if (configuration.get('DHCPServer') === null)
    throw new MethodRefusal(ConfigurationCode.cannotRelease, 'the adapter has no lease');
  return unleased(configuration, await findOffer(configuration, context));
};

const renew: Configure = async (configuration, _input, context) => {
  checkDhcp(configuration.get('DHCPEnabled'));
  const offer = await findOffer(configuration, context);
  if (!offer) throw new MethodRefusal(ConfigurationCode.cannotRenew, 'no DHCP server has an address for the adapter');
  return leased(configuration, offer, context);
};

function checkDhcp(isEnabled: unknown): void {
  if (isEnabled !== true)
    throw new MethodRefusal(ConfigurationCode.dhcpNotEnabled, 'DHCPEnabled of the adapter is false');
}

/** Does one thing with every adapter that DHCP is enabled on: with all of them, or with none. */
function forAll(configure: Configure) {
  return ofComputer(async (input, context) => {
    const running = (await ipConfigurations(context)).filter((one) => one.get('DHCPEnabled') === true);
    if (running.length === 0)
      throw new MethodRefusal(ConfigurationCode.dhcpNotEnabled, 'no adapter that is connected has DHCPEnabled');
    for (const one of running) {
      try {
        await context.store.put(one.with(await configure(one, input, context)));
      } catch (error) {
        if (!(error instanceof MethodRefusal)) throw error;
        throw new MethodRefusal(ConfigurationCode.notAllLeases, `adapter ${one.get('Index')}: ${error.message}`);
      }
    }
  });
}

/** Where the addresses of adapters are from. */
export const addressMethods = {
  EnableStatic: configuring(enableStatic),
  SetGateways: configuring(setGateways),
  EnableDHCP: configuring(enableDhcp),
  ReleaseDHCPLease: configuring(release),
  ReleaseDHCPLeaseAll: forAll(release),
  RenewDHCPLease: configuring(renew),
  RenewDHCPLeaseAll: forAll(renew),
};
