import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { State } from '../../cim/contracts/state.js';
import { StateError } from '../../cim/contracts/state-error.js';
import { errorCode } from '../../files/error-code.js';
import { writePrivateStream } from '../../files/private-stream.js';
import { writeBackup } from './write-backup.js';

/** So many are kept. */
const KEPT = 3;
const NAME = /^before-[a-z]+-[\dTZ.-]+\.jsonl$/;

/**
 * Keeps a backup of a state before something is done to all of it, and of those that were kept the last three.
 *
 * @param before what is to be done: `reset`
 * @returns the file
 * @throws StateError when it cannot be written: then nothing may be done
 */
export async function keepBackup(state: State, folder: string, before: 'reset' | 'restore'): Promise<string> {
  const at = new Date().toISOString().replaceAll(':', '-');
  const file = join(folder, `before-${before}-${at}.jsonl`);
  try {
    await writePrivateStream(file, writeBackup(state));
    await removeOld(folder);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new StateError(`nothing was changed, because no backup can be kept in ${folder} (${code})`, { cause: error });
  }
  return file;
}

async function removeOld(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name));
  const byAge = names.sort((one, other) => (timeOf(one) < timeOf(other) ? 1 : -1));
  for (const name of byAge.slice(KEPT)) await rm(join(folder, name), { force: true });
}

function timeOf(name: string): string {
  return name.replace(/^before-[a-z]+-/, '');
}
