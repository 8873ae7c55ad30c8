import { randomBytes } from 'node:crypto';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from './error-code.js';
import { hasEnded, lockOwner } from './lock-owner.js';
import { readOwnFile } from './own-file.js';

/**
 * A lock is held for as long as it takes to read and write one small file. One as old as this was left behind by a crash, even where
 * there is no telling whether who took it is still there ({@link hasEnded}).
 */
const STALE_MS = 10_000;
const RETRY_MS = 20;
/** One that looks old is watched for this long: ours are gone by then, and the clock may have been set since it was made. */
const WATCH_MS = 1_000;

/** What a lock held when it was looked at, and since when it has, by a clock that nobody sets. */
interface Sighting {
  readonly content: string | undefined;
  readonly since: number;
}

/** Another process has held the lock for longer than any of ours would. */
export class LockedError extends Error {
  override readonly name = 'LockedError';
}

/**
 * Runs `work` while no other process does so with the same lock: a file that is made, never overwritten, and removed at the end.
 *
 * @throws LockedError when the lock cannot be had within twice the time after which it would be stale; the file system's errors
 */
export async function withLockFile<T>(path: string, work: () => Promise<T>): Promise<T> {
  const token = `${randomBytes(16).toString('hex')} ${await lockOwner()}`;
  const deadline = performance.now() + 2 * STALE_MS;
  let seen: Sighting | undefined;
  while (!(await take(path, token))) {
    if (performance.now() > deadline) throw new LockedError(`${path} is held by another process`);
    const content = await contentOf(path);
    if (seen === undefined || seen.content !== content) seen = { content, since: performance.now() };
    if (content !== undefined && ((await isLeft(content)) || (await isStale(path, seen))))
      await breakStale(path, content);
    else await sleep(RETRY_MS);
  }
  const takenAt = performance.now();
  try {
    return await work();
  } finally {
    if (await isOurs(path, token, takenAt)) await rm(path, { force: true });
  }
}

/** One that was thought stale and taken over is another's by now; nobody thinks so of one that was taken a moment ago. */
async function isOurs(path: string, token: string, takenAt: number): Promise<boolean> {
  if (performance.now() - takenAt < WATCH_MS) return true;
  try {
    return (await contentOf(path)) === token;
  } catch {
    // What was done is done, whatever hinders us to look: the lock stays, and others break it when it has become stale.
    return false;
  }
}

async function take(path: string, token: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(token);
    } catch (error) {
      // On a full disk: an empty one would be nobody's, and be waited for.
      await rm(path, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Of several that find the same stale lock, one moves it away; who moved a fresh one by mistake puts it back. */
async function breakStale(path: string, seen: string): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(path, aside);
    if ((await contentOf(aside)) !== seen) await link(aside, path);
  } catch (error) {
    const code = errorCode(error);
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

/** Who took it has ended, and cannot give it back. */
async function isLeft(content: string): Promise<boolean> {
  return hasEnded(content.slice(content.indexOf(' ') + 1));
}

/** Unchanged for long; or for a moment, and of a time long ago, be it that of a crash or one that the clock was set away from. */
async function isStale(path: string, { since }: Sighting): Promise<boolean> {
  const watched = performance.now() - since;
  if (watched > STALE_MS) return true;
  if (watched < WATCH_MS) return false;
  try {
    return Date.now() - (await stat(path)).mtimeMs > STALE_MS;
  } catch {
    return false;
  }
}

async function contentOf(path: string): Promise<string | undefined> {
  try {
    return await readOwnFile(path, 'trusted');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
