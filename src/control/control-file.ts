import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../files/error-code.js';
import { readOwnFile } from '../files/own-file.js';
import { writePrivateFile } from '../files/private-file.js';
import { packageVersion } from '../package/package-version.js';

/** What a running endpoint leaves in the data directory, so that commands of the same user find it. */
export interface ControlFile {
  readonly format: 'cimulator-control-1';
  readonly pid: number;
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly version: string;
  /** SHA-256 of the certificate, where the URL is one of HTTPS. */
  readonly fingerprint?: string;
}

const NAME = /^control-([1-9]\d{0,9})(?:-\d{1,4})?\.json$/;

/** Those of this very process: another endpoint in it may have the same data directory. */
const ours = new Set<string>();

/**
 * Writes the file of this process, for its owner alone, and removes those of processes that are gone.
 *
 * @returns what removes it
 * @throws the file system's errors
 */
export async function writeControlFile(
  folder: string,
  facts: Pick<ControlFile, 'url' | 'port' | 'token' | 'fingerprint'>,
): Promise<() => Promise<void>> {
  await removeStale(folder);
  const path = freePath(folder);
  ours.add(path);
  const file: ControlFile = { format: 'cimulator-control-1', pid: process.pid, version: packageVersion(), ...facts };
  await writePrivateFile(path, `${JSON.stringify(file)}\n`);
  return async () => {
    ours.delete(path);
    await rm(path, { force: true });
  };
}

/** The files of processes that run, oldest process number first; what is no such file, or not this user's own, is passed over. */
export async function readControlFiles(folder: string): Promise<readonly ControlFile[]> {
  const found: ControlFile[] = [];
  for (const { name, pid } of await filesIn(folder)) {
    if (!isRunning(pid)) continue;
    const file = await readOwnFile(join(folder, name), 'secret').then(parse, () => undefined);
    if (file) found.push(file);
  }
  return found.sort((one, other) => one.pid - other.pid);
}

async function removeStale(folder: string): Promise<void> {
  for (const { name, pid } of await filesIn(folder))
    if (!isRunning(pid)) await rm(join(folder, name), { force: true }).catch(() => undefined);
}

async function filesIn(folder: string): Promise<readonly { readonly name: string; readonly pid: number }[]> {
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((name) => {
    const pid = NAME.exec(name)?.[1];
    return pid === undefined ? [] : [{ name, pid: Number(pid) }];
  });
}

/** One of an earlier process with the same number (in a container it always is) is written over. */
function freePath(folder: string): string {
  for (let at = 1; ; at += 1) {
    const path = join(folder, `control-${process.pid}${at === 1 ? '' : `-${at}`}.json`);
    if (!ours.has(path)) return path;
  }
}

/** Also that of another user, which cannot be asked. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

function parse(text: string): ControlFile | undefined {
  try {
    const file = JSON.parse(text) as Partial<ControlFile>;
    const isOne =
      file.format === 'cimulator-control-1' && typeof file.url === 'string' && typeof file.token === 'string';
    return isOne ? (file as ControlFile) : undefined;
  } catch {
    return undefined;
  }
}
