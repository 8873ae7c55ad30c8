import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { allOf, type MachineReader } from '../machine.js';
import { ADAPTER_CLASS } from '../network/connection.js';
import type { StoredInstance } from '../on-instance.js';

type Reader = Pick<MachineReader, 'namespace' | 'store'>;

/** The adapter that a device is, where it is one. */
export async function adapterOf(device: CimInstance, context: Reader): Promise<StoredInstance | undefined> {
  const adapters = await allOf(context, ADAPTER_CLASS);
  return adapters.find((one) => one.getString('PNPDeviceID') === device.getString('DeviceID'));
}

/** `ConfigManagerErrorCode` of a device: that of its adapter, which may have been disabled as such. */
export async function errorCodeOf(device: CimInstance, context: Reader): Promise<CimValue> {
  return ((await adapterOf(device, context)) ?? device).get('ConfigManagerErrorCode');
}
