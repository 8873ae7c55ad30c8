import { InstancePath } from '../../cim/model/instance-path.js';
import type { MachineContext } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import { TPM_CLASS, TPM_NAMESPACE } from '../tpm/tpm-state.js';
import { FveCode, VolumeType } from './encryption-code.js';
import type { VolumeWork } from './of-volume.js';

const PATH = new InstancePath({ namespace: TPM_NAMESPACE, className: TPM_CLASS, isSingleton: true });

/** Whether the computer has a trusted platform module that is on. */
export async function hasTpm({ store }: Pick<MachineContext, 'store'>): Promise<boolean> {
  const tpm = await store.get(PATH);
  return tpm?.get('IsEnabled_InitialValue') === true && tpm.get('IsActivated_InitialValue') === true;
}

/** The TPM secures what the running system is on. @throws MethodRefusal foreignVolume, tpmServiceNotRunning */
export async function checkTpm({ type, machine }: Pick<VolumeWork, 'type' | 'machine'>): Promise<void> {
  if (type !== VolumeType.system)
    throw new MethodRefusal(FveCode.foreignVolume, 'the running system is on another volume');
  await checkTpmThere(machine);
}

/** @throws MethodRefusal tpmServiceNotRunning */
export async function checkTpmThere(machine: Pick<MachineContext, 'store'>): Promise<void> {
  if (!(await hasTpm(machine)))
    throw new MethodRefusal(FveCode.tpmServiceNotRunning, 'the computer has no TPM that is enabled and activated');
}
