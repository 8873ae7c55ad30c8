import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../files/error-code.js';
import { UsageError } from './exit-with-error.js';

/** What of an endpoint other processes want in their environment; what is undefined is left out. */
export interface EnvFacts {
  readonly CIMULATOR_URL?: string | undefined;
  readonly CIMULATOR_HTTPS_URL?: string | undefined;
  readonly CIMULATOR_USER?: string | undefined;
  readonly CIMULATOR_PASSWORD?: string | undefined;
  readonly CIMULATOR_FINGERPRINT?: string | undefined;
  readonly CIMULATOR_CONTROL_URL?: string | undefined;
  readonly CIMULATOR_CONTROL_TOKEN?: string | undefined;
}

/** How often is looked whether somebody reads a FIFO, in milliseconds. */
const LOOK_MS = 50;
const OURS = /^CIMULATOR_(?:URL|HTTPS_URL|USER|PASSWORD|FINGERPRINT|CONTROL_URL|CONTROL_TOKEN)=/;

/**
 * The lines `NAME=value`, with values as they are: `$GITHUB_ENV` and `docker run --env-file` know no quotes.
 *
 * @throws UsageError for a value that has a line break: what follows it would be a line of its own. It is not quoted
 */
export function envLines(facts: EnvFacts): string {
  const lines = Object.entries(facts as Readonly<Record<string, string | undefined>>).map(([name, value]) => {
    if (value === undefined) return '';
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    if (/[\r\n\u0000]/.test(value))
      throw new UsageError(`--write-env: ${name} has a line break, and cannot be written`);
    return `${name}=${value}\n`;
  });
  return lines.join('');
}

/**
 * Writes the lines: into a file in the place of those that an earlier endpoint left, for its owner alone; into a FIFO when somebody reads it.
 *
 * @param signal ends the waiting for a reader
 * @throws UsageError where nothing can be written, or the file is somebody else's
 */
export async function writeEnvFile(path: string, lines: string, signal?: AbortSignal): Promise<void> {
  let file: FileHandle | undefined;
  try {
    file = await openForWriting(path, signal);
    if (file === undefined) return;
    const stats = await file.stat();
    if (!stats.isFile() && !stats.isFIFO()) throw new UsageError(`--write-env: ${path} is neither a file nor a FIFO`);
    await makePrivate(file, stats, path);
    if (stats.isFIFO()) await file.writeFile(lines);
    else await replaceOurs(file, lines);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = errorCode(error) ?? 'unknown';
    throw new UsageError(`--write-env: cannot write ${path} (${code})`, { cause: error });
  } finally {
    await file?.close();
  }
}

/** A FIFO that nobody reads is ENXIO when it is not waited for; to wait in `open` would keep the process from ending. */
async function openForWriting(path: string, signal?: AbortSignal): Promise<FileHandle | undefined> {
  try {
    return await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  if (!(await stat(path)).isFIFO()) return open(path, constants.O_RDWR);
  while (signal?.aborted !== true) {
    try {
      return await open(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if (errorCode(error) !== 'ENXIO') throw error;
    }
    await sleep(LOOK_MS, undefined, { ref: false });
  }
  return undefined;
}

/** @throws UsageError for what belongs to another user, who could read it whatever its mode */
async function makePrivate(file: FileHandle, { uid, mode }: Stats, path: string): Promise<void> {
  const user = process.getuid?.();
  if (user === undefined) return;
  if (uid !== user && user !== 0) throw new UsageError(`--write-env: ${path} belongs to another user`);
  if ((mode & 0o077) !== 0) await file.chmod(0o600);
}

/** What others have written there stays, and where it was. */
async function replaceOurs(file: FileHandle, lines: string): Promise<void> {
  const text = await file.readFile('utf8');
  const kept = text.split(/(?<=\n)/).filter((line) => !OURS.test(line));
  const before = kept.join('');
  const whole = `${before === '' || before.endsWith('\n') ? before : `${before}\n`}${lines}`;
  await file.truncate(0);
  await file.write(whole, 0);
}

/** Whether somebody must read a file before it is written. */
export async function isFifo(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFIFO(),
    () => false,
  );
}
