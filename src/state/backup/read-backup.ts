import { createHash } from 'node:crypto';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { readDocument } from '../../store/durable/read-document.js';
import { checkOrigin, type StateOrigin } from '../state-origin.js';
import { BackupError } from './backup-error.js';
import { BACKUP_FORMAT, type BackupEnd } from './backup-format.js';
import { readFileLines } from './read-file-lines.js';

/** A backup that was found to be whole. */
export interface Backup {
  readonly origin: StateOrigin | undefined;
  readonly count: number;
  /** Reads it again, from its beginning, so that never all of it is in memory. @throws BackupError when it is another file by then */
  batches(): AsyncIterable<readonly CimInstance[]>;
}

/** What a file says besides its instances. */
interface Frame {
  origin: StateOrigin | undefined;
  count: number;
  digest: string;
}

const BATCH = 1000;

/**
 * Reads a backup through, each line of it, before anybody relies on it.
 *
 * @throws BackupError of one line; the file system's errors
 */
export async function readBackup(path: string): Promise<Backup> {
  const whole: Frame = { origin: undefined, count: 0, digest: '' };
  for await (const _ of readInstances(path, whole));
  return {
    origin: whole.origin,
    count: whole.count,
    async *batches() {
      const again: Frame = { origin: undefined, count: 0, digest: '' };
      let batch: CimInstance[] = [];
      for await (const instance of readInstances(path, again)) {
        batch.push(instance);
        if (batch.length < BATCH) continue;
        yield batch;
        batch = [];
      }
      if (again.digest !== whole.digest) throw new BackupError(`${path} was changed while it was read`);
      if (batch.length > 0) yield batch;
    },
  };
}

/** @param frame gets what the other lines say */
async function* readInstances(path: string, frame: Frame): AsyncGenerator<CimInstance> {
  const hash = createHash('sha256');
  let number = 0;
  let held: string | undefined;
  for await (const line of readFileLines(path)) {
    if (held !== undefined) hash.update(`${held}\n`);
    if (number === 0) frame.origin = readHead(line, path);
    else if (number > 1 && held !== undefined) yield readInstance(held, number, path);
    if (number > 1) frame.count += 1;
    held = line;
    number += 1;
  }
  if (held === undefined || number < 2) throw cutShort(path);
  const { instances, digest } = readEnd(held, path);
  if (digest !== hash.digest('hex') || instances !== frame.count)
    throw new BackupError(`${path} was cut short or edited: its digest is not that of its content`);
  frame.digest = digest;
}

function readHead(line: string, path: string): StateOrigin | undefined {
  const head = parse(line);
  const format = head?.format;
  if (format === BACKUP_FORMAT) return checkOrigin(head?.origin);
  if (typeof format === 'string' && format.startsWith('cimulator-backup-'))
    throw new BackupError(
      `${path} has the format ${format.slice(0, 40)}, and this version reads ${BACKUP_FORMAT}: restore it with the version that wrote it`,
    );
  const isSnapshot = typeof format === 'string' && format.startsWith('cimulator-snapshot');
  throw new BackupError(
    isSnapshot
      ? `${path} is a snapshot, and no backup: 'cimulator restore' takes a running endpoint back to it`
      : `${path} is no backup of 'cimulator state backup'`,
  );
}

function readInstance(line: string, number: number, path: string): CimInstance {
  try {
    const instance = readDocument(line);
    if (instance.path !== undefined) return instance;
  } catch (error) {
    throw new BackupError(`${path}:${number}: this is no instance`, { cause: error });
  }
  throw new BackupError(`${path}:${number}: this is no instance`);
}

function readEnd(line: string, path: string): BackupEnd {
  const end = parse(line);
  const { instances, digest } = end ?? {};
  if (typeof instances !== 'number' || typeof digest !== 'string') throw cutShort(path);
  return { instances, digest };
}

function cutShort(path: string): BackupError {
  return new BackupError(`${path} was cut short: its last line is missing`);
}

function parse(line: string): Partial<Record<'format' | 'origin' | 'instances' | 'digest', unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
