import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { MethodContext, MethodImplementation } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { forAdministrators } from '../for-administrators.js';
import { MethodRefusal } from '../method-refusal.js';
import { findNote, note } from '../notes.js';
import type { OnInstance } from '../on-instance.js';

export const TPM_NAMESPACE = 'root/cimv2/Security/MicrosoftTpm';
export const TPM_CLASS = 'Win32_Tpm';

/** HRESULTs of the module, of its firmware and of Windows (WinError.h), as the pages of the methods name them. */
export const TpmCode = {
  success: 0,
  accessDenied: 0x80070005,
  invalidArgument: 0x80070057,
  authorizationFailed: 0x80280001,
  disabled: 0x80280007,
  disabledCommand: 0x80280008,
  installDisabled: 0x8028000b,
  ownerSet: 0x80280014,
  noEndorsement: 0x80280023,
  presenceNotSupported: 0x80290303,
} as const;

/**
 * The three properties of the class that say how the module is. Windows has in them how it was when the instance was made, which for who
 * reads them anew is how it is.
 */
export interface TpmFlags {
  readonly IsEnabled_InitialValue: boolean;
  readonly IsActivated_InitialValue: boolean;
  readonly IsOwned_InitialValue: boolean;
}

export function flagsOf(tpm: CimInstance): TpmFlags {
  return {
    IsEnabled_InitialValue: tpm.get('IsEnabled_InitialValue') === true,
    IsActivated_InitialValue: tpm.get('IsActivated_InitialValue') === true,
    IsOwned_InitialValue: tpm.get('IsOwned_InitialValue') === true,
  };
}

/** What the module keeps to itself: a value of its note. */
export async function kept(context: { readonly store: Pick<InstanceReader, 'get'> }, name: string): Promise<CimValue> {
  return (await findNote(context, 'CIMULATOR_TpmNote'))?.get(name) ?? null;
}

export async function keep(context: MethodContext, values: Readonly<Record<string, CimValue>>): Promise<void> {
  await note(context, 'CIMULATOR_TpmNote', values);
}

/** A method for administrators, to whom the whole namespace is. */
export function ofTpm(method: OnInstance): MethodImplementation {
  return forAdministrators(TpmCode.accessDenied, async (tpm, input, context) => ({
    ReturnValue: TpmCode.success,
    ...(await method(tpm, input, context)),
  }));
}

/** What an owner says to be known by: 20 bytes in base64. @throws MethodRefusal invalidArgument */
export function authorization(given: CimValue): string {
  if (typeof given === 'string' && /^[A-Za-z0-9+/]{27}=$/.test(given)) return given;
  throw new MethodRefusal(TpmCode.invalidArgument, 'OwnerAuth is not 20 bytes in base64');
}

/** Whoever does not say who they are is the owner that Windows knows. @throws MethodRefusal authorizationFailed */
export async function checkOwner(tpm: CimInstance, given: CimValue | undefined, context: MethodContext): Promise<void> {
  const known = await kept(context, 'OwnerAuth');
  const isOwner = given === undefined || given === null || given === known;
  if (tpm.get('IsOwned_InitialValue') === true && isOwner) return;
  throw new MethodRefusal(TpmCode.authorizationFailed, 'OwnerAuth is not that of the owner');
}
