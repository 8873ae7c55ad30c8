import { allOf, type MachineContext } from '../machine.js';
import { WorkRate, workTime } from '../storage/device-time.js';
import { bytesOf, VOLUME_CLASS } from '../storage/volume-rows.js';

/** Milliseconds that a conversion of a volume takes, of all of it or of what is used, and wiping of what is free. */
export async function conversionTime(
  { device, machine }: { readonly device: string; readonly machine: MachineContext },
  what: 'all' | 'used' | 'free',
): Promise<number> {
  const volume = (await allOf(machine, VOLUME_CLASS)).find((one) => one.getString('DeviceID') === device);
  if (!volume) throw new TypeError(`${device} is no volume`);
  const [all, free] = [bytesOf(volume, 'Capacity'), bytesOf(volume, 'FreeSpace')];
  return workTime({ all, used: all - free, free }[what], WorkRate.encryption);
}
