import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import { findValue } from '../registry/registry.js';
import { VolumeType } from './encryption-code.js';

/** Where group policy writes what it asks of BitLocker (VolumeEncryption.admx). */
export const POLICY_KEY = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\FVE';
const FIPS_KEY = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy';

/** What names of settings begin with: those of the system's drive, of fixed and of removable ones. */
const PREFIXES: Readonly<Record<number, string>> = {
  [VolumeType.system]: 'OS',
  [VolumeType.fixed]: 'FDV',
  [VolumeType.removable]: 'RDV',
};

type Store = Pick<InstanceReader, 'get'>;

/** A number of the policy; undefined where nothing is configured. */
export async function policyNumber(store: Store, name: string): Promise<number | undefined> {
  const data = (await findValue(store, POLICY_KEY, name))?.data;
  return typeof data === 'bigint' || typeof data === 'number' ? Number(data) : undefined;
}

export async function policyText(store: Store, name: string): Promise<string | undefined> {
  const data = (await findValue(store, POLICY_KEY, name))?.data;
  return typeof data === 'string' && data !== '' ? data : undefined;
}

/** A number of the policy for volumes of a type: `FDVPassphrase`, say. @param name without what it begins with */
export function typePolicy(store: Store, type: number, name: string): Promise<number | undefined> {
  return policyNumber(store, `${PREFIXES[type] ?? 'FDV'}${name}`);
}

/** Methods of encryption that a policy may name. */
const METHODS = [3, 4, 6, 7];
const METHOD_NAMES: Readonly<Record<number, string>> = {
  [VolumeType.system]: 'EncryptionMethodWithXtsOs',
  [VolumeType.fixed]: 'EncryptionMethodWithXtsFdv',
  [VolumeType.removable]: 'EncryptionMethodWithXtsRdv',
};

/** The method of encryption that the policy asks for; undefined where it asks for none that there is. */
export async function policyMethod(store: Store, type: number): Promise<number | undefined> {
  const method = await policyNumber(store, METHOD_NAMES[type] ?? '');
  return method !== undefined && METHODS.includes(method) ? method : undefined;
}

/** Whether Windows uses only what FIPS 140 allows. */
export async function isFipsOnly(store: Store): Promise<boolean> {
  return Number((await findValue(store, FIPS_KEY, 'Enabled'))?.data ?? 0) === 1;
}
