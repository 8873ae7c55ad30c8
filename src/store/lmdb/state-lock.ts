import { rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StateError } from '../../cim/contracts/state-error.js';
import { errorCode } from '../../files/error-code.js';
import { withLockFile } from '../../files/lock-file.js';
import { hasEnded, isOfThisMachine, lockOwner } from '../../files/lock-owner.js';
import { readOwnFile } from '../../files/own-file.js';
import { writePrivateFile } from '../../files/private-file.js';

/** In the folder of a state: who has it. */
export const LOCK_FILE = 'server.lock';
/** Held while the lock is looked at and taken. */
export const GUARD_FILE = 'server.lock.guard';

/** So often whoever has the lock says that it is still there: of a process in another container there is no other sign. */
const SIGN_MS = 3_000;
/** Without a sign for so long, it has gone. */
const SILENT_MS = 4 * SIGN_MS;
const LOOK_MS = 250;

/** What stands in the lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601. */
  readonly started: string;
  readonly port?: number | undefined;
  /** `lockOwner` of it. */
  readonly owner: string;
}

/** The lock of a state's folder. */
export interface StateLock {
  release(): Promise<void>;
}

/**
 * Takes the lock of a state's folder for this process and those that it starts. That of a process that has ended is taken at once.
 *
 * @param port on which others find this process, for their message
 * @throws StateError when another server has the folder; the file system's errors
 */
export async function takeStateLock(directory: string, port?: number): Promise<StateLock> {
  const file = join(directory, LOCK_FILE);
  const holder: Holder = {
    pid: process.pid,
    host: hostname(),
    started: new Date().toISOString(),
    port,
    owner: await lockOwner(),
  };
  const text = `${JSON.stringify(holder)}\n`;
  const silent = await silentElsewhere(file);
  await withLockFile(join(directory, GUARD_FILE), async () => {
    const held = await readLock(file);
    if (held !== undefined && held !== silent && !(await isLeft(held))) throw inUse(directory, held);
    await writePrivateFile(file, text);
  });
  const sign = setInterval(() => {
    const now = new Date();
    // A disk that cannot be written tells so elsewhere.
    void utimes(file, now, now).catch(() => {});
  }, SIGN_MS);
  sign.unref();
  return {
    async release() {
      clearInterval(sign);
      if ((await readLock(file).catch(() => undefined)) === text) await rm(file, { force: true });
    },
  };
}

async function readLock(file: string): Promise<string | undefined> {
  try {
    return await readOwnFile(file, 'trusted');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Who took it has ended; so has whoever wrote what is no lock. */
async function isLeft(text: string): Promise<boolean> {
  const holder = readHolder(text);
  return holder === undefined || (await hasEnded(holder.owner));
}

/** What a lock says that was taken where nobody can look, if it gives no sign any more. */
async function silentElsewhere(file: string): Promise<string | undefined> {
  const text = await readLock(file);
  const holder = text === undefined ? undefined : readHolder(text);
  if (holder === undefined || (await isOfThisMachine(holder.owner))) return undefined;
  const first = await signOf(file);
  const end = performance.now() + SILENT_MS;
  while (performance.now() < end) {
    if ((await signOf(file)) !== first) return undefined;
    await sleep(LOOK_MS);
  }
  return text;
}

async function signOf(file: string): Promise<number | undefined> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}

function readHolder(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<Holder> | null;
    return typeof holder?.owner === 'string' ? (holder as Holder) : undefined;
  } catch {
    return undefined;
  }
}

function inUse(directory: string, text: string): StateError {
  const { pid, host, started, port } = readHolder(text) ?? {};
  const where = port === undefined || port === 0 ? '' : `, port ${port}`;
  return new StateError(
    `the state in ${directory} is in use by process ${pid} on ${host} since ${started}${where}: stop it, or start with another folder as --state`,
  );
}
