import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodContext, Provider } from '../../cim/contracts/provider.js';
import { forAdministrators, staticForAdministrators } from '../for-administrators.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { Assignment, checkNewer, InstallerCode, InstallState, install, productOf, uninstall } from './install.js';

/** States that ask for the program, or a part of it, to be there (Msi.h). */
const PRESENT: readonly number[] = [-1, 3, 4, InstallState.installed];

/** A program that is there already stays as it is. */
async function installMissing(product: StoredInstance, context: MethodContext): Promise<void> {
  if (product.get('InstallState') === InstallState.installed) return;
  await install(product, assignmentOf(product), context);
}

/** For whom a program was installed. */
function assignmentOf(product: StoredInstance): number {
  return Number(product.get('AssignmentType') ?? Assignment.computer);
}

/** Programs that Windows Installer knows. They answer at once, unlike Windows, which looks at each of them first. */
const programs = defineProvider('Win32_Product', {
  methods: {
    Uninstall: forAdministrators(InstallerCode.accessDenied, async (product, _input, context) => {
      await uninstall(product, context);
      return { ReturnValue: InstallerCode.success };
    }),
    Configure: forAdministrators(InstallerCode.accessDenied, async (product, { InstallState: wanted }, context) => {
      const state = Number(wanted ?? Number.NaN) | 0;
      if (state === InstallState.absent) await uninstall(product, context);
      else if (PRESENT.includes(state)) await installMissing(product, context);
      else throw new MethodRefusal(InstallerCode.invalidParameter, `InstallState ${String(wanted)} is none`);
      return { ReturnValue: InstallerCode.success };
    }),
    Install: staticForAdministrators(InstallerCode.accessDenied, async ({ PackageLocation, AllUsers }, context) => {
      const product = await productOf(PackageLocation, context);
      await install(product, AllUsers === false ? Assignment.user : Assignment.computer, context);
      return { ReturnValue: InstallerCode.success };
    }),
    Reinstall: forAdministrators(InstallerCode.accessDenied, async (product, _input, context) => {
      if (product.get('InstallState') !== InstallState.installed)
        throw new MethodRefusal(InstallerCode.unknownProduct, `${product.getString('Name')} is not installed`);
      await install(product, assignmentOf(product), context);
      return { ReturnValue: InstallerCode.success };
    }),
    Upgrade: forAdministrators(InstallerCode.accessDenied, async (product, { PackageLocation }, context) => {
      const next = await productOf(PackageLocation, context);
      checkNewer(next, product);
      await uninstall(product, context);
      await install(next, assignmentOf(product), context);
      return { ReturnValue: InstallerCode.success };
    }),
  },
  instances: {},
});

/** What is installed: programs, and updates of Windows. */
export const products: readonly Provider[] = [
  programs,
  defineProvider('Win32_QuickFixEngineering', { methods: {}, instances: {} }),
];
