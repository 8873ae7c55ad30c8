import type { MethodImplementation } from '../../cim/contracts/provider.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import type { MachineContext } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import { findNote, note } from '../notes.js';
import { keep, kept, ofTpm, TPM_CLASS, TPM_NAMESPACE, TpmCode, type TpmFlags } from './tpm-state.js';

type Step = 'enable' | 'disable' | 'activate' | 'deactivate' | 'clear' | 'allowInstall' | 'denyInstall';

/** What is done for whom is at the computer, by the numbers of `Request`; the firmware of a model knows no others. */
const STEPS: Readonly<Record<number, readonly Step[]>> = {
  ...{ 0: [], 1: ['enable'], 2: ['disable'], 3: ['activate'], 4: ['deactivate'], 5: ['clear'] },
  ...{ 6: ['enable', 'activate'], 7: ['deactivate', 'disable'], 8: ['allowInstall'], 9: ['denyInstall'] },
  ...{ 10: ['enable', 'activate', 'allowInstall'], 11: ['deactivate', 'disable', 'denyInstall'] },
  ...{ 14: ['clear', 'enable', 'activate'], 21: ['enable', 'activate', 'clear'] },
  22: ['enable', 'activate', 'clear', 'enable', 'activate'],
};

/** `Transition`: nothing, or a warm start. */
const [NO_ACTION, WARM_START] = [0, 2];

/** A module as it was made: nobody's, and off. */
export const CLEARED = { IsEnabled_InitialValue: false, IsActivated_InitialValue: false, IsOwned_InitialValue: false };

const CHANGES = {
  enable: { IsEnabled_InitialValue: true },
  disable: { IsEnabled_InitialValue: false },
  activate: { IsActivated_InitialValue: true },
  deactivate: { IsActivated_InitialValue: false },
  clear: CLEARED,
  allowInstall: {},
  denyInstall: {},
} as const;

/** The computer starts: whoever sits before it says yes to what was asked for. */
export async function carryOutRequest(context: MachineContext): Promise<void> {
  const Request = Number((await findNote(context, 'CIMULATOR_TpmNote'))?.get('Request') ?? 0);
  const steps = STEPS[Request] ?? [];
  const tpm = steps.length > 0 ? await context.store.get(TPM_PATH) : undefined;
  if (!tpm) return;
  const changes: Partial<TpmFlags> = Object.assign({}, ...steps.map((step) => CHANGES[step]));
  await context.store.put(tpm.with({ ...changes }));
  const install = steps.find((step) => step === 'allowInstall' || step === 'denyInstall');
  await note(context, 'CIMULATOR_TpmNote', {
    ...{ Request: 0, LastRequest: Request },
    ...(install && { IsInstallDisabled: install === 'denyInstall' }),
    ...(steps.includes('clear') && { OwnerAuth: null }),
  });
}

const TPM_PATH = new InstancePath({ namespace: TPM_NAMESPACE, className: TPM_CLASS, isSingleton: true });

/** Requests that need somebody at the computer. */
export const presenceMethods: Readonly<Record<string, MethodImplementation>> = {
  SetPhysicalPresenceRequest: ofTpm(async (_tpm, { Request }, context) => {
    if (typeof Request !== 'number' || STEPS[Request] === undefined)
      throw new MethodRefusal(TpmCode.presenceNotSupported, `the firmware does not know request ${String(Request)}`);
    await keep(context, { Request });
    return {};
  }),

  GetPhysicalPresenceRequest: ofTpm(async (_tpm, _input, context) => ({
    Request: Number((await kept(context, 'Request')) ?? 0),
  })),

  GetPhysicalPresenceTransition: ofTpm(async (_tpm, _input, context) => ({
    Transition: Number((await kept(context, 'Request')) ?? 0) === 0 ? NO_ACTION : WARM_START,
  })),

  GetPhysicalPresenceResponse: ofTpm(async (_tpm, _input, context) => ({
    Request: Number((await kept(context, 'LastRequest')) ?? 0),
    Response: 0,
  })),
};
