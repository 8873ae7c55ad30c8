import type { MethodContext, MethodImplementation } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import { sameName } from '../../cim/model/name-map.js';
import { shorten } from '../../cim/model/shorten.js';
import { forAdministrators } from '../for-administrators.js';
import { MethodRefusal, refusing } from '../method-refusal.js';
import { onInstance } from '../on-instance.js';
import { createKey, findValue, putValue } from '../registry/registry.js';
import { RegistryType } from '../registry/registry-key.js';
import { WmiError } from '../wmi-error.js';
import { checkNoPolicy } from './setting.js';

/** Where Windows keeps which servers it asks for licences. */
const KEY = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\TermService\\Parameters\\LicenseServers';
const VALUE = 'SpecifiedLicenseServers';

/** `TStoLSConnectivityStatus`: nobody in a model gives licences. */
const NOT_CONNECTABLE = 6;
/** `Win32_TSDiscoveredLicenseServer`: it does not answer, and so nobody knows more. */
const UNKNOWN = { IsLSAvailable: 0, IsAdminOnLS: 2, IssuingCALs: 2 };

async function specified({ store }: Pick<MethodContext, 'store'>): Promise<readonly string[]> {
  const data = (await findValue(store, KEY, VALUE))?.data;
  return data !== undefined && isCimArray(data) ? data.map(String) : [];
}

/** @throws MethodRefusal invalidParameter */
function serverName(given: CimValue | undefined): string {
  const name = typeof given === 'string' ? given.trim() : '';
  if (/^[^\s\\/;]{1,255}$/.test(name)) return name;
  throw new MethodRefusal(WmiError.invalidParameter, `'${shorten(name, 100)}' is no name of a computer`);
}

/** A method that makes another list of the one that is there. */
function changing(
  change: (servers: readonly string[], input: Readonly<Record<string, CimValue | undefined>>) => readonly string[],
): MethodImplementation {
  return forAdministrators(WmiError.accessDenied, async (instance, input, context) => {
    checkNoPolicy(instance, 'ConfiguredLicenseServers');
    const data = [...change(await specified(context), input)];
    await createKey(context.store, KEY);
    await putValue(context.store, KEY, { name: VALUE, type: RegistryType.multiText, data });
    return { ReturnValue: WmiError.none };
  });
}

function without(servers: readonly string[], name: string): readonly string[] {
  return servers.filter((one) => !sameName(one, name));
}

/** The servers that a Remote Desktop Session Host asks for licences. */
export const licenseServerMethods: Readonly<Record<string, MethodImplementation>> = {
  GetSpecifiedLicenseServerList: onInstance(async (_instance, _input, context) => ({
    ...{ ReturnValue: WmiError.none, SpecifiedLSList: await specified(context) },
  })),

  SetSpecifiedLicenseServerList: changing((_servers, { SpecifiedLSList: given }) => {
    if (given === undefined || !isCimArray(given))
      throw new MethodRefusal(WmiError.invalidParameter, 'SpecifiedLSList is missing');
    return given.map((one) => serverName(one));
  }),

  AddLSToSpecifiedLicenseServerList: changing((servers, { LicenseServerName }) => {
    const name = serverName(LicenseServerName);
    if (servers.some((one) => sameName(one, name)))
      throw new MethodRefusal(WmiError.alreadyExists, `${name} is in the list already`);
    return [...servers, name];
  }),

  RemoveLSFromSpecifiedLicenseServerList: changing((servers, { LicenseServerName }) => {
    const name = serverName(LicenseServerName);
    const left = without(servers, name);
    if (left.length === servers.length) throw new MethodRefusal(WmiError.notFound, `${name} is not in the list`);
    return left;
  }),

  SetPrimaryLicenseServer: changing((servers, { LicenseServerName }) => {
    const name = serverName(LicenseServerName);
    return [name, ...without(servers, name)];
  }),

  EmptySpecifiedLicenseServerList: changing(() => []),

  // Those of the directory: a model has none.
  GetRegisteredLicenseServerList: onInstance(() => ({ ReturnValue: WmiError.none, RegisteredLSList: [] })),

  FindLicenseServers: onInstance(async (_instance, _input, context) => {
    const servers = await specified(context);
    const found = servers.map(
      (LicenseServer) =>
        new CimInstance('Win32_TSDiscoveredLicenseServer', Object.entries({ LicenseServer, ...UNKNOWN })),
    );
    return { ReturnValue: WmiError.none, LicenseServersList: found, Count: found.length };
  }),

  GetTStoLSConnectivityStatus: refusing(
    onInstance((_instance, { ServerName }) => {
      serverName(ServerName);
      return { ReturnValue: WmiError.none, TStoLSConnectivityStatus: NOT_CONNECTABLE };
    }),
  ),
};
