import type { MethodImplementation } from '../../cim/contracts/provider.js';
import { forAdministrators } from '../for-administrators.js';
import { onlyOne } from '../machine.js';
import { machineNow } from '../machine-time.js';
import { MethodRefusal, refusing } from '../method-refusal.js';
import { onInstance, type StoredInstance, stored } from '../on-instance.js';
import { inCimv2 } from '../storage-management/in-namespace.js';
import { millisecondsOf } from '../timestamp.js';
import { WmiError } from '../wmi-error.js';
import { checkNoPolicy, putSetting, type RegistryPlace, SERVER_KEY } from './setting.js';

/** Where Windows keeps whom it wants a licence of. */
export const LICENSING: RegistryPlace = { key: `${SERVER_KEY}\\RCM\\Licensing Core`, value: 'LicensingMode' };

/** What `ChangeMode` takes, and the `TerminalServerMode` that each is for: 1 is that of an application server. */
const TYPES: Readonly<Record<number, { readonly name: string; readonly mode: number }>> = {
  0: { name: 'Personal Remote Desktop', mode: 0 },
  1: { name: 'Remote Desktop for Administration', mode: 0 },
  2: { name: 'Per Device', mode: 1 },
  4: { name: 'Per User', mode: 1 },
};

/** How long a Remote Desktop Session Host works without a licence server, in days. */
const GRACE = 120;
const DAY = 86_400_000;

function isApplicationServer(server: StoredInstance): boolean {
  return server.get('TerminalServerMode') === 1;
}

/** What a server says of the licences that it wants. */
export const licensingMethods: Readonly<Record<string, MethodImplementation>> = {
  ChangeMode: forAdministrators(WmiError.accessDenied, async (server, { LicensingType }, context) => {
    const [given, type] = [Number(LicensingType ?? Number.NaN), TYPES[Number(LicensingType ?? Number.NaN)]];
    if (!type) throw new MethodRefusal(WmiError.invalidParameter, `LicensingType ${String(LicensingType)} is none`);
    checkNoPolicy(server, 'LicensingType');
    if (isApplicationServer(server) !== (type.mode === 1))
      throw new MethodRefusal(WmiError.invalidOperation, `${type.name} is for TerminalServerMode ${type.mode}`);
    const named = stored(server.with({ LicensingName: type.name }));
    await putSetting(named, { property: 'LicensingType', registry: LICENSING }, given, context);
    return { ReturnValue: WmiError.none };
  }),

  GetGracePeriodDays: refusing(
    onInstance(async (server, _input, context) => {
      if (!isApplicationServer(server))
        throw new MethodRefusal(WmiError.invalidOperation, 'what administrates alone needs no licences');
      const system = await onlyOne(inCimv2(context), 'Win32_OperatingSystem');
      const began = millisecondsOf(system?.get('InstallDate')) ?? 0;
      const days = Math.floor(((await machineNow(context)) - began) / DAY);
      return { ReturnValue: WmiError.none, DaysLeft: Math.max(0, GRACE - days) };
    }),
  ),

  GetDomain: refusing(
    onInstance(async (_server, _input, context) => {
      const computer = await onlyOne(inCimv2(context), 'Win32_ComputerSystem');
      if (computer?.get('PartOfDomain') !== true)
        throw new MethodRefusal(WmiError.notFound, 'the computer is in no domain');
      return { ReturnValue: WmiError.none, Domain: computer.get('Domain') };
    }),
  ),
};
