import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodContext, Provider } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { checkAdministrator, MethodRefusal, refusing } from '../method-refusal.js';
import { onInstance, type StoredInstance } from '../on-instance.js';
import { deleteKey, hasKey, subkeyNames } from '../registry/registry.js';

/** What Windows Installer answers (Msi.h, WinError.h). */
export const InstallerCode = {
  success: 0,
  invalidParameter: 87,
  installFailure: 1603,
  packageNotFound: 1619,
  accessDenied: 1625,
} as const;

/** Keys with a key for each program that is installed. */
const UNINSTALL = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall';

/** INSTALLSTATE_ABSENT and the states that ask for the program, or a part of it, to be there. */
const ABSENT = 2;
const PRESENT: readonly number[] = [-1, 3, 4, 5];

/** Programs that Windows Installer knows. They answer at once, unlike Windows, which looks at each of them first. */
const programs = defineProvider('Win32_Product', {
  methods: {
    Uninstall: refusing(
      onInstance(async (product, _input, context) => {
        await checkAdministrator(context, InstallerCode.accessDenied);
        await uninstall(product, context);
        return { ReturnValue: InstallerCode.success };
      }),
    ),
    Configure: refusing(
      onInstance(async (product, { InstallState }, context) => {
        await checkAdministrator(context, InstallerCode.accessDenied);
        const state = Number(InstallState ?? Number.NaN) | 0;
        if (state === ABSENT) await uninstall(product, context);
        else if (PRESENT.includes(state)) await context.store.put(product.with({ InstallState: 5 }));
        else throw new MethodRefusal(InstallerCode.invalidParameter, `InstallState ${String(InstallState)} is none`);
        return { ReturnValue: InstallerCode.success };
      }),
    ),
  },
  instances: {},
});

/** Removes a program, and what the registry says of it. */
async function uninstall(product: StoredInstance, { store }: MethodContext): Promise<void> {
  const key = `${UNINSTALL}\\${identifier(product)}`;
  if ((await hasKey(store, key)) && (await subkeyNames(store, key)).length === 0) await deleteKey(store, key);
  await store.delete(product.path);
}

function identifier(product: CimInstance): string {
  return product.getString('IdentifyingNumber') ?? '';
}

/** What is installed: programs, and updates of Windows. */
export const products: readonly Provider[] = [
  programs,
  defineProvider('Win32_QuickFixEngineering', { methods: {}, instances: {} }),
];
