import { createReadStream } from 'node:fs';
import { BackupError } from './backup-error.js';

/** No instance is as large; a file without ends of lines must not fill the memory. */
const LONGEST = 256 * 1024 * 1024;

/**
 * The lines of a file that end with a line feed, and whatever stands behind the last. Node's own reader of lines takes U+2028 for an end of
 * one as well, which JSON may hold.
 *
 * @throws BackupError for a line without end; the file system's errors
 */
export async function* readFileLines(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 16 })) {
    const lines = `${rest}${piece}`.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST) throw new BackupError(`${path} is no backup: it has no lines`);
    yield* lines;
  }
  if (rest !== '') yield rest;
}
