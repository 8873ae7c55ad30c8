import type { MethodContext, MethodImplementation, Provider } from '../../cim/contracts/provider.js';
import { forAdministrators } from '../for-administrators.js';
import { MethodRefusal, refusing } from '../method-refusal.js';
import { findValue } from '../registry/registry.js';
import { WmiError } from '../wmi-error.js';
import { licenseServerMethods } from './license-servers.js';
import { LICENSING, licensingMethods } from './licensing.js';
import { sessionSettings } from './session-settings.js';
import {
  type Check,
  derivedFrom,
  LISTENER_KEY,
  putSetting,
  SERVER_KEY,
  type Setting,
  settingsProvider,
} from './setting.js';

const ofServer: readonly Setting[] = [
  {
    ...{ method: 'SetAllowTSConnections', property: 'AllowTSConnections', range: [0, 1] },
    registry: { key: SERVER_KEY, value: 'fDenyTSConnections', isReverse: true },
  },
  {
    ...{ method: 'SetSingleSession', property: 'SingleSession', range: [0, 1] },
    registry: { key: SERVER_KEY, value: 'fSingleSessionPerUser' },
  },
  { method: 'SetTimeZoneRedirection', property: 'TimeZoneRedirection', range: [0, 1] },
  { method: 'SetFallbackPrintDriverType', property: 'FallbackPrintDriverType', range: [0, 4] },
  { method: 'SetProfilePath', property: 'ProfilePath' },
  { method: 'SetHomeDirectory', property: 'HomeDirectory' },
];

const ofListener: readonly Setting[] = [
  {
    ...{ method: 'SetUserAuthenticationRequired', property: 'UserAuthenticationRequired', range: [0, 1] },
    registry: { key: LISTENER_KEY, value: 'UserAuthentication' },
  },
  {
    ...{ method: 'SetSecurityLayer', property: 'SecurityLayer', range: [0, 2] },
    registry: { key: LISTENER_KEY, value: 'SecurityLayer' },
  },
  {
    ...{ method: 'SetEncryptionLevel', property: 'MinEncryptionLevel', range: [1, 4] },
    registry: { key: LISTENER_KEY, value: 'MinEncryptionLevel' },
  },
];

/** What `SetPolicyPropertyName` sets. */
const TEMPORARY = {
  DeleteTempFolders: { key: SERVER_KEY, value: 'DeleteTempDirsOnExit' },
  UseTempFolders: { key: SERVER_KEY, value: 'PerSessionTempDir' },
} as const;

const setPolicyPropertyName: MethodImplementation = forAdministrators(
  WmiError.accessDenied,
  async (server, { PropertyName, Value }, context) => {
    const [property, registry] = Object.entries(TEMPORARY).find(([name]) => name === PropertyName) ?? [];
    if (PropertyName === 'Help') throw new MethodRefusal(WmiError.notSupported, 'Help is not supported');
    if (property === undefined || registry === undefined || typeof Value !== 'boolean')
      throw new MethodRefusal(WmiError.invalidParameter, 'PropertyName or Value is none');
    await putSetting(server, { property, registry }, Number(Value), context);
    return { ReturnValue: WmiError.none };
  },
);

const notSupported: MethodImplementation = refusing(() => {
  throw new MethodRefusal(WmiError.notSupported, 'Windows has it no more');
});

/** SSL does not go with the lowest level of encryption. @throws MethodRefusal */
const checkTogether: Check = async ({ property }, given, context) => {
  const { layer, level } = await current(context);
  const isLow = property === 'SecurityLayer' && given === 2 && level === 1n;
  const isSsl = property === 'MinEncryptionLevel' && given === 1 && layer === 2n;
  if (isLow || isSsl)
    throw new MethodRefusal(WmiError.invalidParameter, 'SecurityLayer 2 does not go with MinEncryptionLevel 1');
};

async function current({ store }: MethodContext) {
  const read = async (name: string) => (await findValue(store, LISTENER_KEY, name))?.data;
  return { layer: await read('SecurityLayer'), level: await read('MinEncryptionLevel') };
}

/** What Remote Desktop lets in, and how: in the registry, where other tools set it. */
export function remoteDesktopProviders(): readonly Provider[] {
  return [
    settingsProvider('Win32_TerminalServiceSetting', ofServer, {
      methods: {
        ...{ ...licenseServerMethods, ...licensingMethods, SetPolicyPropertyName: setPolicyPropertyName },
        SetDisableForcibleLogoff: notSupported,
      },
      derived: {
        LicensingType: derivedFrom('LicensingType', LICENSING),
        DeleteTempFolders: derivedFrom('DeleteTempFolders', TEMPORARY.DeleteTempFolders),
        UseTempFolders: derivedFrom('UseTempFolders', TEMPORARY.UseTempFolders),
      },
    }),
    settingsProvider('Win32_TSGeneralSetting', ofListener, { check: checkTogether }),
    ...sessionSettings(),
  ];
}
