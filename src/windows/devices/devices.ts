import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodImplementation } from '../../cim/contracts/provider.js';
import { forAdministrators } from '../for-administrators.js';
import { MethodRefusal } from '../method-refusal.js';
import { disableAdapter, enableAdapter } from '../network/adapter-state.js';
import { WmiError } from '../wmi-error.js';
import { adapterOf, errorCodeOf } from './adapter-of-device.js';
import { getDeviceProperties } from './device-properties.js';

const DISABLED = 22;
/** Devices that the computer does not run without. */
const NEEDED = ['System', 'Display', 'DiskDrive'];

function switching(isOn: boolean): MethodImplementation {
  return forAdministrators(WmiError.accessDenied, async (device, _input, context) => {
    if (!isOn && NEEDED.includes(device.getString('PNPClass') ?? ''))
      throw new MethodRefusal(WmiError.failed, `the computer does not run without ${device.getString('Name')}`);
    const values = isOn
      ? { ConfigManagerErrorCode: 0, Status: 'OK' }
      : { ConfigManagerErrorCode: DISABLED, Status: 'Error' };
    await context.store.put(device.with(values));
    const adapter = await adapterOf(device, context);
    if (adapter) await (isOn ? enableAdapter : disableAdapter)(adapter, context);
    return { ReturnValue: WmiError.none, rebootNeeded: false };
  });
}

/** Win32_PnPEntity: a device that is a network adapter takes it along. */
export const devices = defineProvider('Win32_PnPEntity', {
  methods: { Enable: switching(true), Disable: switching(false), GetDeviceProperties: getDeviceProperties },
  derived: {
    ConfigManagerErrorCode: errorCodeOf,
  },
});
