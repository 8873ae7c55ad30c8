import type { DerivedValue, MethodContext } from '../../cim/contracts/provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { shorten } from '../../cim/model/shorten.js';
import { parseFilePath } from '../files/file-path.js';
import { findFile, isFolder } from '../files/file-rows.js';
import { allOf } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import { createKey, putValue } from '../registry/registry.js';
import { RegistryType } from '../registry/registry-key.js';
import { ConfigurationCode } from './configuration-code.js';
import { type Configure, configuring, ipConfigurations, ofComputer } from './configuring.js';
import { CONFIGURATION_CLASS } from './connection.js';
import { findOffer } from './dhcp.js';
import { isHostAddress } from './ip-address.js';
import {
  checkedDomain,
  checkedHost,
  checkedServers,
  neededBoolean,
  neededNumber,
  orNull,
  textsOf,
} from './read-parameters.js';
import { PARAMETERS, registryNumber, registryText } from './tcpip-parameters.js';

const { text, expandable, dword } = RegistryType;
const METRICS = [1, 9999] as const;

const setServers: Configure = async (configuration, { DNSServerSearchOrder }, context) => {
  const servers = checkedServers(DNSServerSearchOrder, 'DNSServerSearchOrder');
  if (servers.length > 0) return { DNSServerSearchOrder: servers };
  // None given: those that the DHCP server says, where there is a lease.
  const isLeased = configuration.get('DHCPServer') !== null;
  const offer = isLeased ? await findOffer(configuration, context) : undefined;
  return { DNSServerSearchOrder: orNull(textsOf(offer?.get('DnsServers'))) };
};

const setWins: Configure = (_configuration, { WINSPrimaryServer: first, WINSSecondaryServer: second }) => {
  const [primary, secondary] = [first, second].map((given) => (typeof given === 'string' ? given : ''));
  const wrong = [primary, secondary].find((one) => one !== '' && !isHostAddress(one ?? ''));
  if (wrong !== undefined)
    throw new MethodRefusal(ConfigurationCode.invalidAddress, `${shorten(wrong, 100)} is no address of a server`);
  if (primary === '' && secondary !== '')
    throw new MethodRefusal(ConfigurationCode.noPrimaryWins, 'a secondary server is one beside a primary one');
  return { WINSPrimaryServer: primary || null, WINSSecondaryServer: secondary || null };
};

const setRegistration: Configure = (_configuration, input) => ({
  FullDNSRegistrationEnabled: neededBoolean(input.FullDNSRegistrationEnabled, 'FullDNSRegistrationEnabled'),
  DomainDNSRegistrationEnabled:
    input.DomainDNSRegistrationEnabled === true && input.FullDNSRegistrationEnabled === true,
});

const setDomain: Configure = (_configuration, { DNSDomain }) => {
  if (typeof DNSDomain === 'string') return { DNSDomain: checkedDomain(DNSDomain) };
  throw new MethodRefusal(ConfigurationCode.invalidParameter, 'DNSDomain is missing');
};

const setMetric: Configure = (_configuration, { IPConnectionMetric }) => ({
  IPConnectionMetric: neededNumber(IPConnectionMetric, 'IPConnectionMetric', METRICS),
});

/** What is left out stays. */
const enableDns = ofComputer(async (input, context) => {
  const given: Record<string, CimValue> = {};
  if (typeof input.DNSHostName === 'string') given.DNSHostName = checkedHost(input.DNSHostName);
  if (typeof input.DNSDomain === 'string') given.DNSDomain = checkedDomain(input.DNSDomain);
  const servers = checkedServers(input.DNSServerSearchOrder, 'DNSServerSearchOrder');
  if (servers.length > 0) given.DNSServerSearchOrder = servers;
  const suffixes = textsOf(input.DNSDomainSuffixSearchOrder).map(checkedDomain);
  if (Object.keys(given).length === 0 && suffixes.length === 0)
    throw new MethodRefusal(ConfigurationCode.invalidParameter, 'nothing is said that could be set');
  for (const one of await ipConfigurations(context)) await context.store.put(one.with(given));
  await write(context, 'Hostname', text, given.DNSHostName);
  await write(context, 'Domain', text, given.DNSDomain);
  if (suffixes.length > 0) await write(context, 'SearchList', text, suffixes.join(','));
});

const setSuffixes = ofComputer(async ({ DNSDomainSuffixSearchOrder }, context) => {
  const suffixes = textsOf(DNSDomainSuffixSearchOrder).map(checkedDomain);
  await write(context, 'SearchList', text, suffixes.join(','));
});

const setDatabasePath = ofComputer(async ({ DatabasePath: given }, context) => {
  const path = typeof given === 'string' ? given : '';
  if (!parseFilePath(path.replace(/^%SystemRoot%/i, 'C:\\Windows')))
    throw new MethodRefusal(ConfigurationCode.invalidPath, `${shorten(path, 300)} is no absolute path`);
  await write(context, 'DatabasePath', expandable, path);
});

const enableWins = ofComputer(async (input, context) => {
  const isDns = neededBoolean(input.DNSEnabledForWINSResolution, 'DNSEnabledForWINSResolution');
  const isLookup = neededBoolean(input.WINSEnableLMHostsLookup, 'WINSEnableLMHostsLookup');
  const { WINSHostLookupFile: file, WINSScopeID: scope } = input;
  const found = typeof file === 'string' && file !== '' ? await findFile(context, file) : undefined;
  if (typeof file === 'string' && file !== '' && (!found || isFolder(found)))
    throw new MethodRefusal(ConfigurationCode.invalidFile, `there is no file ${shorten(file, 300)}`);
  await write(context, 'EnableDNS', dword, BigInt(isDns));
  await write(context, 'EnableLMHOSTS', dword, BigInt(isLookup));
  await write(context, 'ScopeID', text, scope);
  if (typeof file !== 'string' || file === '') return;
  for (const one of await allOf(context, CONFIGURATION_CLASS))
    await context.store.put(one.with({ WINSHostLookupFile: file }));
});

async function write({ store }: MethodContext, name: string, type: number, data: CimValue | undefined): Promise<void> {
  if (data === undefined || data === null) return;
  await createKey(store, PARAMETERS);
  await putValue(store, PARAMETERS, { name, type, data });
}

/** How names are found, and where servers for it are. */
export const nameMethods = {
  SetDNSServerSearchOrder: configuring(setServers),
  SetDNSDomain: configuring(setDomain),
  SetDynamicDNSRegistration: configuring(setRegistration),
  SetWINSServer: configuring(setWins),
  SetIPConnectionMetric: configuring(setMetric),
  EnableDNS: enableDns,
  SetDNSSuffixSearchOrder: setSuffixes,
  SetDatabasePath: setDatabasePath,
  EnableWINS: enableWins,
};

const searchList = registryText('SearchList');

/** The values of these that are the computer's, in the registry. */
export const nameValues: Readonly<Record<string, DerivedValue>> = {
  DatabasePath: registryText('DatabasePath'),
  DNSEnabledForWINSResolution: registryNumber('EnableDNS', (number) => number !== 0),
  WINSEnableLMHostsLookup: registryNumber('EnableLMHOSTS', (number) => number !== 0),
  WINSScopeID: registryText('ScopeID'),
  DNSDomainSuffixSearchOrder: async (configuration, context) => {
    const list = await searchList(configuration, context);
    return typeof list === 'string' && list !== '' ? list.split(/[,\s]+/) : null;
  },
};
