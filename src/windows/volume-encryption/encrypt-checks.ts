import { pathIn } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import { SERVICE_CLASS } from '../service/service-rows.js';
import { FveCode, ProtectorType } from './encryption-code.js';
import type { EncryptionState } from './encryption-state.js';
import { policyMethod, typePolicy } from './group-policy.js';
import { protectorsOf } from './key-protectors.js';
import type { VolumeWork } from './of-volume.js';

/** `EncryptionFlags`. */
export const Flag = { dataOnly: 0x1, wipe: 0x2, synchronous: 0x10000 } as const;
const ALL_FLAGS = Flag.dataOnly | Flag.wipe | Flag.synchronous;

/** Methods that a system of today encrypts with: none with a diffuser. No drive of a model encrypts by itself. */
const METHODS = [3, 4, 6, 7];
/** XTS-AES 128. */
const USUAL_METHOD = 6;

/** What a call of Encrypt asks for: 0 where it leaves the method open. @throws MethodRefusal invalidArgument */
export async function checkedMethod({ input, type, machine }: VolumeWork): Promise<number> {
  const { EncryptionMethod } = input;
  const given = typeof EncryptionMethod === 'number' ? EncryptionMethod : 0;
  if (given === 0) return 0;
  if (!METHODS.includes(given))
    throw new MethodRefusal(FveCode.invalidArgument, `EncryptionMethod ${given} is not among ${METHODS.join(', ')}`);
  const wanted = await policyMethod(machine.store, type);
  if (wanted !== undefined && wanted !== given)
    throw new MethodRefusal(FveCode.invalidArgument, `group policy wants the EncryptionMethod ${wanted}`);
  return given;
}

/** @throws MethodRefusal invalidArgument */
export function checkedFlags({ input }: VolumeWork): number {
  const { EncryptionFlags } = input;
  const given = typeof EncryptionFlags === 'number' ? EncryptionFlags : 0;
  if ((given & ~ALL_FLAGS) !== 0)
    throw new MethodRefusal(FveCode.invalidArgument, `EncryptionFlags ${given} has bits that mean nothing`);
  return given;
}

/** The method of a volume of which nobody says one. */
export async function usualMethod({ type, machine }: VolumeWork): Promise<number> {
  return (await policyMethod(machine.store, type)) ?? USUAL_METHOD;
}

/** @throws MethodRefusal clusteringNotSupported */
export async function checkNoCluster({ machine }: VolumeWork): Promise<void> {
  const service = await machine.store.get(pathIn(machine, SERVICE_CLASS, { Name: 'ClusSvc' }));
  if (service?.get('State') === 'Running')
    throw new MethodRefusal(FveCode.clusteringNotSupported, 'the computer is a node of a cluster: ClusSvc runs');
}

/** There has to be a key: a protected one, or one in the clear. @throws MethodRefusal */
export async function checkKeys({ state, type, machine }: VolumeWork): Promise<EncryptionState> {
  if (!state || (state.protectors.length === 0 && !state.isSuspended))
    throw new MethodRefusal(FveCode.cannotEncryptNoKey, 'the volume has no key protector, and they are not disabled');
  const isWanted = (await typePolicy(machine.store, type, 'RequireActiveDirectoryBackup')) === 1;
  if (isWanted && (await protectorsOf(machine, state, [ProtectorType.numericalPassword])).length === 0)
    throw new MethodRefusal(
      FveCode.policyPasswordRequired,
      'group policy wants a numerical password, to be backed up to Active Directory',
    );
  return state;
}
