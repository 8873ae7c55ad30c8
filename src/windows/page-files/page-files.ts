import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { InstanceContext, Provider } from '../../cim/contracts/provider.js';
import { CimError } from '../../cim/model/cim-error.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { parseFilePath } from '../files/file-path.js';
import { pathIn } from '../machine.js';

/** DriveType of a drive of the computer itself. */
const LOCAL_DISK = 3;

const settings = defineProvider('Win32_PageFileSetting', {
  methods: {},
  instances: {
    create: async (instance, context) => {
      const name = instance.getString('Name') ?? '';
      const { drive, fileName, extension } = await checkPath(name, context);
      const file = extension === '' ? fileName : `${fileName}.${extension}`;
      const letter = drive.toUpperCase();
      const { InitialSize, MaximumSize } = checkedSizes(instance);
      return instance.with({
        ...{ InitialSize, MaximumSize, SettingID: `${file} @ ${letter}` },
        ...{ Caption: `${letter}\\ '${file}'`, Description: `'${file}' @ ${letter}\\` },
      });
    },
    modify: (instance, before) => before.with(checkedSizes(instance)),
    delete: true,
  },
});

/** @throws CimError InvalidParameter */
async function checkPath(name: string, context: InstanceContext) {
  const at = parseFilePath(name);
  if (!at || at.fileName === '') throw new CimError('InvalidParameter', 'Name is no absolute path of a file.');
  const disk = await context.store.get(pathIn(context, 'Win32_LogicalDisk', { DeviceID: at.drive }));
  if (disk?.get('DriveType') !== LOCAL_DISK)
    throw new CimError('InvalidParameter', `There is no local disk ${at.drive} for a page file.`);
  return at;
}

/** Sizes in megabytes; both 0: Windows chooses. @throws CimError InvalidParameter */
function checkedSizes(setting: CimInstance) {
  const [InitialSize, MaximumSize] = [setting.get('InitialSize') ?? 0, setting.get('MaximumSize') ?? 0];
  if (InitialSize > MaximumSize)
    throw new CimError('InvalidParameter', `InitialSize ${InitialSize} is larger than MaximumSize ${MaximumSize}.`);
  return { InitialSize, MaximumSize };
}

/** Page files as they are wanted, which may be changed, and as they are since the last start. */
export const pageFiles: readonly Provider[] = [
  settings,
  defineProvider('Win32_PageFileUsage', { methods: {}, instances: {} }),
];
