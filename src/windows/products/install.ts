import type { MethodContext } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { sameName } from '../../cim/model/name-map.js';
import { shorten } from '../../cim/model/shorten.js';
import { findFile, nameOf } from '../files/file-rows.js';
import { allOf, removeWithTies } from '../machine.js';
import { machineTimestamp } from '../machine-time.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { createKey, deleteKey, hasKey, putValue, subkeyNames } from '../registry/registry.js';
import { RegistryType } from '../registry/registry-key.js';

/** What Windows Installer answers (WinError.h). */
export const InstallerCode = {
  success: 0,
  invalidParameter: 87,
  unknownProduct: 1605,
  packageNotFound: 1619,
  packageInvalid: 1620,
  accessDenied: 1625,
  otherVersion: 1638,
} as const;

export const InstallState = { advertised: 1, absent: 2, installed: 5 } as const;
export const Assignment = { user: 0, computer: 1 } as const;

/** Has a key for each program that is installed. */
const UNINSTALL = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall';

/**
 * What is in a package: the product of the lab that names it, be it only advertised by now. A package of which nobody has said anything cannot
 * be opened.
 *
 * @throws MethodRefusal
 */
export async function productOf(location: CimValue | undefined, context: MethodContext): Promise<StoredInstance> {
  if (typeof location !== 'string' || location === '')
    throw new MethodRefusal(InstallerCode.invalidParameter, 'PackageLocation is missing');
  const file = await findFile(context, location);
  const text = shorten(location, 200);
  if (!file) throw new MethodRefusal(InstallerCode.packageNotFound, `no CIM_DataFile is named ${text}`);
  const product = (await allOf(context, 'Win32_Product')).find((one) => isPackage(one, nameOf(file)));
  if (product) return product;
  throw new MethodRefusal(InstallerCode.packageInvalid, `no Win32_Product has ${text} as its package`);
}

/** Whether a file is the one that a product was, or is to be, installed from. */
function isPackage(product: CimInstance, file: string): boolean {
  const [source, name] = [product.getString('InstallSource'), product.getString('PackageName')];
  const inSource = source && name ? `${source.replace(/\\$/, '')}\\${name}` : undefined;
  return [product.getString('LocalPackage'), inSource].some((one) => one !== undefined && sameName(one, file));
}

/** Puts a program there, and has the registry say so; one that is there already is repaired. */
export async function install(product: StoredInstance, assignment: number, context: MethodContext): Promise<void> {
  const now = await machineTimestamp(context, 0);
  const InstallDate = now.toString().slice(0, 8);
  const dates = { InstallDate, InstallDate2: now };
  const installed = { InstallState: InstallState.installed, AssignmentType: assignment };
  await context.store.put(product.with({ ...installed, ...dates }));
  const key = keyOf(product);
  await createKey(context.store, key);
  const values = { DisplayName: 'Name', DisplayVersion: 'Version', Publisher: 'Vendor' };
  const texts = Object.entries(values).map(([name, property]) => [name, product.getString(property) ?? ''] as const);
  for (const [name, data] of [...texts, ['InstallDate', InstallDate] as const])
    await putValue(context.store, key, { name, type: RegistryType.text, data });
}

/** Removes a program, and what the registry says of it. */
export async function uninstall(product: StoredInstance, context: MethodContext): Promise<void> {
  const { store } = context;
  const key = keyOf(product);
  if ((await hasKey(store, key)) && (await subkeyNames(store, key)).length === 0) await deleteKey(store, key);
  await removeWithTies(context, product.path);
}

function keyOf(product: CimInstance): string {
  return `${UNINSTALL}\\${product.getString('IdentifyingNumber') ?? ''}`;
}

/** @throws MethodRefusal unless it is a later version of the same program */
export function checkNewer(next: CimInstance, product: CimInstance): void {
  const isSame = sameName(next.getString('Name') ?? '', product.getString('Name') ?? '');
  const [later, earlier] = [versionOf(next), versionOf(product)];
  const at = later.findIndex((part, index) => part !== (earlier[index] ?? 0));
  if (isSame && at >= 0 && (later[at] ?? 0) > (earlier[at] ?? 0)) return;
  const text = `${next.getString('Name')} ${next.getString('Version')} is no later version of it`;
  throw new MethodRefusal(InstallerCode.otherVersion, text);
}

function versionOf(product: CimInstance): readonly number[] {
  return (product.getString('Version') ?? '').split('.').map((part) => Number(part) || 0);
}
