import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodContext, MethodImplementation } from '../../cim/contracts/provider.js';
import { forAdministrators } from '../for-administrators.js';
import { allOf } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import { disableAdapter, enableAdapter } from '../network/adapter-state.js';
import { ADAPTER_CLASS } from '../network/connection.js';
import type { StoredInstance } from '../on-instance.js';
import { WmiError } from '../wmi-error.js';
import { getDeviceProperties } from './device-properties.js';

const DISABLED = 22;
/** Devices that the computer does not run without. */
const NEEDED = ['System', 'Display', 'DiskDrive'];

/** The adapter that a device is, where it is one. */
async function adapterOf(device: StoredInstance, context: MethodContext): Promise<StoredInstance | undefined> {
  const adapters = await allOf(context, ADAPTER_CLASS);
  return adapters.find((one) => one.getString('PNPDeviceID') === device.getString('DeviceID'));
}

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
    // An adapter may have been disabled as such.
    ConfigManagerErrorCode: async (device, { store, namespace }) => {
      for await (const one of store.scan(namespace, ADAPTER_CLASS))
        if (one.getString('PNPDeviceID') === device.getString('DeviceID')) return one.get('ConfigManagerErrorCode');
      return device.get('ConfigManagerErrorCode');
    },
  },
});
