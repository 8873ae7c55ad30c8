import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const fixtures = fileURLToPath(new URL('../../../fixtures/', import.meta.url));

/** The files of `fixtures/fuzz/<name>`, in an order that is the same everywhere. */
export function readCorpus(name: string): readonly Buffer[] {
  const folder = join(fixtures, 'fuzz', name);
  return readdirSync(folder)
    .sort()
    .map((file) => readFileSync(join(folder, file)));
}

/** The requests that were recorded from real clients, with their heads. */
export function readCaptures(): readonly Buffer[] {
  const folder = join(fixtures, 'captures');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.http'))
    .sort()
    .map((file) => readFileSync(join(folder, file)));
}

/** Of a recorded request, what is behind its head. */
export function bodyOf(request: Buffer): Buffer {
  return request.subarray(request.indexOf('\r\n\r\n') + 4);
}

/** @throws Error when there is nothing in it */
export function atLeastOne<T>(list: readonly T[]): readonly [T, ...T[]] {
  const [first, ...more] = list;
  if (first === undefined) throw new Error('a corpus without files');
  return [first, ...more];
}
