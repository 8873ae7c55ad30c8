import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { machineRun } from './machine-run.js';

const UNKNOWN_RUN = 'run';

/**
 * The file of the contexts. It is never made sure to be on the disk, and may be broken after the machine went down: each run of the
 * machine has one of its own.
 */
export async function contextFile(directory: string): Promise<string> {
  return join(directory, `contexts-${(await machineRun()) ?? UNKNOWN_RUN}.mdb`);
}

/** Removes contexts that are of no use any more. Nobody else has the folder. */
export async function removeOldContexts(directory: string): Promise<void> {
  const run = await machineRun();
  const kept = `contexts-${run}.mdb`;
  for (const name of await readdir(directory)) {
    if (!name.startsWith('contexts-') || (run !== undefined && name.startsWith(kept))) continue;
    await rm(join(directory, name), { force: true });
  }
}
