import { createHash } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { errorCode } from './error-code.js';

/**
 * Says which process this is, for others of the same machine that want to know whether it is still there: its number, when it was
 * started, since numbers are used again, and where the number counts. On Linux that is this run of the system and this
 * namespace of processes, so that a container knows nothing of the processes of another.
 */
export async function lockOwner(): Promise<string> {
  const [started, place] = await Promise.all([startOf(process.pid), placeOfProcesses()]);
  return `${process.pid} ${started ?? '-'} ${place}`;
}

/** Whether the process that {@link lockOwner} says has certainly ended; false for what it cannot have said. */
export async function hasEnded(owner: string): Promise<boolean> {
  const [, pid, started, place] = OWNER.exec(owner) ?? [];
  if (pid === undefined || place !== (await placeOfProcesses())) return false;
  if (!isRunning(Number(pid))) return true;
  // Another one, with the same number.
  const now = await startOf(Number(pid));
  return started !== '-' && now !== undefined && now !== started;
}

/** Whether the process that {@link lockOwner} says is, or was, where this one can tell whether it has ended. */
export async function isOfThisMachine(owner: string): Promise<boolean> {
  return OWNER.exec(owner)?.[3] === (await placeOfProcesses());
}

const OWNER = /^([1-9]\d{0,9}) (\d+|-) ([\da-f]+)$/;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // One that belongs to somebody else is there, too.
    return errorCode(error) !== 'ESRCH';
  }
}

/** When a process began, in ticks since the system did (proc_pid_stat(5)); undefined where there is no telling. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'latin1');
    // The name before it stands in parentheses, and may hold anything.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

async function placeOfProcesses(): Promise<string> {
  const parts = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'latin1').catch(() => ''),
    readlink('/proc/self/ns/pid').catch(() => ''),
  ]);
  return createHash('sha256')
    .update([hostname(), ...parts].join('\n'))
    .digest('hex')
    .slice(0, 32);
}
