import type { MethodInput } from '../../cim/contracts/provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { MethodRefusal } from '../method-refusal.js';
import { SmbError } from './smb-error.js';

/** Numbers of a new share that stand for something, and how many there are of each, from 0 on. */
const MODES = { FolderEnumerationMode: 2, CachingMode: 5 } as const;

/** What a call says of how a new share is used, besides who may. @throws MethodRefusal */
export function givenModes(input: MethodInput): Readonly<Record<string, CimValue>> {
  if (input.ContinuouslyAvailable === true)
    throw new MethodRefusal(SmbError.invalidParameter, 'only shares of a cluster are continuously available');
  const { EncryptData, Temporary } = input;
  return {
    ...Object.fromEntries(Object.entries(MODES).flatMap(([name, count]) => modeIn(name, count, input[name]))),
    ...(typeof EncryptData === 'boolean' && { EncryptData }),
    ...(typeof Temporary === 'boolean' && { Temporary }),
  };
}

function modeIn(name: string, count: number, given: CimValue | undefined): readonly (readonly [string, CimValue])[] {
  if (typeof given !== 'number') return [];
  if (given < count) return [[name, given]];
  throw new MethodRefusal(SmbError.invalidParameter, `there is no ${name} ${given}`);
}
