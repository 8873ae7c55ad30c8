import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** Names this run of the machine, from its start to its end; undefined where the system does not tell. */
export async function machineRun(): Promise<string | undefined> {
  const id = await readFile('/proc/sys/kernel/random/boot_id', 'latin1').catch(() => undefined);
  return id && createHash('sha256').update(id).digest('hex').slice(0, 16);
}
