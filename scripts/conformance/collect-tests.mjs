import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cases } from './cases.mjs';

const CALL = /\bverifies\(([^()]*)\)/g;
const TEXT = /'([^'\n]+)'|"([^"\n]+)"/g;

/**
 * A test and the requirement that it names.
 *
 * @typedef {object} Proof
 * @property {string} id
 * @property {string} test name of a protocol case, or path of a test file
 */

/**
 * Every requirement that a test names: by a protocol case, or by `verifies('id')` in a test file. Read from the source,
 * so that it does not matter which tests ran, or when.
 *
 * @param {string} root of the project
 * @returns {Proof[]}
 */
export function collectTests(root) {
  const fromCases = cases.flatMap(({ name, verifies }) => verifies.map((id) => ({ id, test: name })));
  const fromFiles = testFiles(join(root, 'test')).flatMap((file) =>
    idsIn(readFileSync(file, 'utf8')).map((id) => ({ id, test: relative(root, file).replaceAll('\\', '/') })),
  );
  return [...fromCases, ...fromFiles];
}

/** Ids in the calls of `verifies` in a test file. @param {string} source */
export function idsIn(source) {
  const ids = [...source.matchAll(CALL)].flatMap(([, list = '']) =>
    [...list.matchAll(TEXT)].map(([, single, double]) => single ?? double ?? ''),
  );
  return [...new Set(ids)];
}

/** @param {string} folder @returns {string[]} sorted */
function testFiles(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(folder, name))
    .toSorted();
}
