import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { errorCode } from '../../files/error-code.js';
import { UsageError } from '../exit-with-error.js';

/** The text of a file, or of stdin for `-`. @throws UsageError */
export async function readInput(path: string, stdin: Readable = process.stdin): Promise<string> {
  if (path === '-') {
    let text = '';
    for await (const chunk of stdin.setEncoding('utf8')) text += chunk;
    return text;
  }
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${path} (${errorCode(error)})`, { cause: error });
  }
}

/** @throws UsageError with the file and what is wrong */
export function readJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path}: ${(error as Error).message}`, { cause: error });
  }
}
