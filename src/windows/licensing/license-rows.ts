import type { MethodImplementation, MethodInput } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { shorten } from '../../cim/model/shorten.js';
import { forAdministrators } from '../for-administrators.js';
import { MethodRefusal } from '../method-refusal.js';
import type { OnInstance } from '../on-instance.js';
import { LicenseCode } from './license-code.js';

export const PRODUCT_CLASS = 'SoftwareLicensingProduct';
export const SERVICE_CLASS = 'SoftwareLicensingService';

export const LicenseStatus = { unlicensed: 0, licensed: 1, graceOfNew: 2 } as const;

type Values = Readonly<Record<string, CimValue>>;

/** A method for administrators, which may throw a MethodRefusal. */
export function licensing(method: OnInstance): MethodImplementation {
  return forAdministrators(LicenseCode.accessDenied, method);
}

/** A method that gives its instance values, which follow from what is asked. */
export function setting(values: (input: MethodInput, instance: CimInstance) => Values): MethodImplementation {
  return licensing(async (instance, input, { store }) => {
    await store.put(instance.with(values(input, instance)));
    return { ReturnValue: LicenseCode.success };
  });
}

/** @throws MethodRefusal invalidArgument */
export function machineName(given: CimValue | undefined): string {
  if (typeof given === 'string' && /^[^\s\\/]{1,255}$/.test(given)) return given;
  throw new MethodRefusal(
    LicenseCode.invalidArgument,
    `'${shorten(String(given ?? ''), 100)}' is no name of a computer`,
  );
}

/** @throws MethodRefusal invalidArgument */
export function numberIn(given: CimValue | undefined, least: number, most: number): number {
  if (typeof given === 'number' && given >= least && given <= most) return given;
  throw new MethodRefusal(LicenseCode.invalidArgument, `${String(given)} is not in ${least} to ${most}`);
}

export function portNumber(given: CimValue | undefined): number {
  return numberIn(given, 1, 65_535);
}

/** @throws MethodRefusal invalidArgument */
export function truth(given: CimValue | undefined): boolean {
  if (typeof given === 'boolean') return given;
  throw new MethodRefusal(LicenseCode.invalidArgument, 'the parameter is missing');
}
