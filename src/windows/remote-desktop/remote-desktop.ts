import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { DerivedValue, MethodContext, MethodImplementation, Provider } from '../../cim/contracts/provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { checkAdministrator, MethodRefusal, refusing } from '../method-refusal.js';
import { onInstance } from '../on-instance.js';
import { createKey, findValue, putValue } from '../registry/registry.js';
import { type KeyPath, RegistryType } from '../registry/registry-key.js';

/** WMI's constants, which the pages of the methods refer to. */
export const RemoteDesktopError = { none: 0, accessDenied: 0x80041003, invalidParameter: 0x80041008 } as const;

/** Where Windows keeps whether it lets anybody in, and what it asks of them. */
const SERVER: KeyPath = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Terminal Server';
const LISTENER: KeyPath = `${SERVER}\\WinStations\\RDP-Tcp`;

/** A property that is a value of the registry: a method sets it, and whoever writes the value does as well. */
interface Setting {
  readonly method: string;
  readonly property: string;
  readonly key: KeyPath;
  readonly value: string;
  readonly range: readonly [number, number];
  /** The registry says the opposite. */
  readonly isReverse?: boolean;
}

const ofServer: readonly Setting[] = [
  {
    ...{ method: 'SetAllowTSConnections', property: 'AllowTSConnections', key: SERVER, value: 'fDenyTSConnections' },
    ...{ range: [0, 1], isReverse: true },
  },
  { method: 'SetSingleSession', property: 'SingleSession', key: SERVER, value: 'fSingleSessionPerUser', range: [0, 1] },
];

const ofListener: readonly Setting[] = [
  {
    ...{ method: 'SetUserAuthenticationRequired', property: 'UserAuthenticationRequired', key: LISTENER },
    ...{ value: 'UserAuthentication', range: [0, 1] },
  },
  { method: 'SetSecurityLayer', property: 'SecurityLayer', key: LISTENER, value: 'SecurityLayer', range: [0, 2] },
  {
    ...{ method: 'SetEncryptionLevel', property: 'MinEncryptionLevel', key: LISTENER, value: 'MinEncryptionLevel' },
    ...{ range: [1, 4] },
  },
];

function number(given: CimValue | undefined, { property, range: [least, most] }: Setting): number {
  if (typeof given === 'number' && given >= least && given <= most) return given;
  const text = `${property} is not in ${least} to ${most}`;
  throw new MethodRefusal(RemoteDesktopError.invalidParameter, text);
}

function method(setting: Setting): MethodImplementation {
  return refusing(
    onInstance(async (instance, input, context) => {
      await checkAdministrator(context, RemoteDesktopError.accessDenied);
      const given = number(input[setting.property], setting);
      checkTogether(setting, given, await current(context));
      await createKey(context.store, setting.key);
      const data = BigInt(setting.isReverse ? 1 - given : given);
      await putValue(context.store, setting.key, { name: setting.value, type: RegistryType.dword, data });
      await context.store.put(instance.with({ [setting.property]: given }));
      return { ReturnValue: RemoteDesktopError.none };
    }),
  );
}

async function current({ store }: MethodContext) {
  const read = async (name: string) => (await findValue(store, LISTENER, name))?.data;
  return { layer: await read('SecurityLayer'), level: await read('MinEncryptionLevel') };
}

/** SSL does not go with the lowest level of encryption. */
function checkTogether(
  { property }: Setting,
  given: number,
  { layer, level }: Awaited<ReturnType<typeof current>>,
): void {
  const isLow = property === 'SecurityLayer' && given === 2 && level === 1n;
  const isSsl = property === 'MinEncryptionLevel' && given === 1 && layer === 2n;
  if (isLow || isSsl)
    throw new MethodRefusal(
      RemoteDesktopError.invalidParameter,
      'SecurityLayer 2 does not go with MinEncryptionLevel 1',
    );
}

function derived({ property, key, value, isReverse }: Setting): DerivedValue {
  return async (instance, { store }) => {
    const found = (await findValue(store, key, value))?.data;
    if (typeof found !== 'bigint') return instance.get(property);
    return isReverse ? Number(found === 0n) : Number(found);
  };
}

function provide(className: string, settings: readonly Setting[]): Provider {
  return defineProvider(className, {
    methods: Object.fromEntries(settings.map((one) => [one.method, method(one)])),
    instances: { modify: true },
    derived: Object.fromEntries(settings.map((one) => [one.property, derived(one)])),
  });
}

/** What Remote Desktop lets in, and how: in the registry, where other tools set it. */
export function remoteDesktopProviders(): readonly Provider[] {
  return [provide('Win32_TerminalServiceSetting', ofServer), provide('Win32_TSGeneralSetting', ofListener)];
}
