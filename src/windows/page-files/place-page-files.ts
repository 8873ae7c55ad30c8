import { CimInstance } from '../../cim/model/cim-instance.js';
import { allOf, type MachineContext, pathIn } from '../machine.js';
import { machineTimestamp } from '../machine-time.js';

const USAGE_CLASS = 'Win32_PageFileUsage';
/** Of a page file whose size Windows chooses, in megabytes. */
const CHOSEN_SIZE = 2048;

/** What becomes of page files when the computer starts: they are as the settings say, and nothing is in them. */
export async function placePageFiles(context: MachineContext): Promise<void> {
  const before = await allOf(context, USAGE_CLASS);
  await context.store.deleteMany(before.flatMap((one) => one.path ?? []));
  const InstallDate = await machineTimestamp(context, 0);
  for (const setting of await allOf(context, 'Win32_PageFileSetting')) {
    const Name = setting.getString('Name') ?? '';
    const size = Number(setting.get('InitialSize') ?? 0);
    const values = {
      ...{ Name, Caption: Name, Description: Name, InstallDate, Status: null, TempPageFile: false },
      ...{ AllocatedBaseSize: size === 0 ? CHOSEN_SIZE : size, CurrentUsage: 0, PeakUsage: 0 },
    };
    const path = pathIn(context, USAGE_CLASS, { Name });
    await context.store.put(new CimInstance(USAGE_CLASS, Object.entries(values), path));
  }
}
