import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cases } from '../cases.js';

const CALL = /\bverifies\(([^()]*)\)/g;
const TEXT = /'([^'\n]+)'|"([^"\n]+)"/g;

/** A test and the requirement that it names. */
export interface Proof {
  readonly id: string;
  /** Name of a protocol case, or path of a test file. */
  readonly test: string;
}

/**
 * Every requirement that a test names: by a protocol case, or by `verifies('id')` in a test file. Read from the source,
 * so that it does not matter which tests ran, or when.
 *
 * @param root of the project
 */
export function collectTests(root: string): Proof[] {
  const fromCases = cases.flatMap(({ name, verifies }) => verifies.map((id) => ({ id, test: name })));
  const fromFiles = testFiles(join(root, 'test')).flatMap((file) =>
    idsIn(readFileSync(file, 'utf8')).map((id) => ({ id, test: relative(root, file).replaceAll('\\', '/') })),
  );
  return [...fromCases, ...fromFiles];
}

/** Ids in the calls of `verifies` in a test file. */
export function idsIn(source: string): string[] {
  const ids = [...source.matchAll(CALL)].flatMap(([, list = '']) =>
    [...list.matchAll(TEXT)].map(([, single, double]) => single ?? double ?? ''),
  );
  return [...new Set(ids)];
}

/** Paths of the test files below a folder, sorted. */
function testFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(folder, name))
    .toSorted();
}
