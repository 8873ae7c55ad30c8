// Compiles the MOF files of a folder one by one, each alone on top of the built-in classes, and prints what became of them.
//
//   node scripts/compile-mof-folder.mjs FOLDER [--dialect auto|dmtf|windows] [--table]
//
// Without --table: the files that do not compile, each with its first error, and the sums of each folder in FOLDER. With it: a table
// for docs/mof.md. It compiles with the project's own compiler, so `npm run build` must have run.

import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compileMof } from '../dist/mof/compile-mof.js';
import { MofErrors } from '../dist/mof/mof-error.js';
import { readMofFiles } from '../dist/mof/read-mof-files.js';

const defaultNamespace = 'root/cimv2/storage/iScsiTarget';
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { dialect: { type: 'string', default: 'auto' }, table: { type: 'boolean', default: false } },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('name the folder');

const base = compile(fileURLToPath(new URL('../schemas/', import.meta.url)), 'dmtf');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(mof|mfl)$/i.test(file));
const results = files.sort().map((file) => ({ file, ...resultOf(join(folder, file)) }));
if (values.table) printTable();
else printFailures();

/**
 * @param {string} path
 * @param {string} dialect
 * @param {import('../dist/mof/mof-compilation.js').MofCompilation} [over]
 */
function compile(path, dialect, over) {
  const { sources, readInclude } = readMofFiles([path]);
  const choice = /** @type {import('../dist/mof/dialect.js').MofDialectChoice} */ (dialect);
  return compileMof(sources, { defaultNamespace, base: over, dialect: choice, readInclude });
}

/** @param {string} path */
function resultOf(path) {
  try {
    const { counts, warnings } = compile(path, values.dialect, base);
    return {
      error: undefined,
      text: `${counts.classes} classes, ${counts.instances} instances`,
      warnings: warnings.length,
    };
  } catch (error) {
    if (!(error instanceof MofErrors)) throw error;
    const [first] = error.errors;
    // Where the files lie on this machine says nothing about them.
    const message = (first?.message ?? '').replaceAll(`${folder}${sep}`, '').slice(0, 160);
    return { error: `${first?.line}:${first?.column}: ${message}`, text: '', warnings: 0 };
  }
}

function printTable() {
  for (const { file, error, text, warnings } of results) {
    const outcome = error ?? `${text}${warnings > 0 ? `, ${warnings} warnings` : ''}`;
    console.log(
      `| ${inFolder(file).replaceAll('|', '\\|')} | ${error ? 'no' : 'yes'} | ${outcome.replaceAll('|', '\\|')} |`,
    );
  }
}

function printFailures() {
  for (const { file, error } of results) if (error) console.log(`${file}: ${error}`);
  const roots = sumsByRoot();
  for (const [root, { good, all }] of roots) console.log(`${root}: ${good} of ${all} compile`);
}

function sumsByRoot() {
  /** @type {Map<string, { good: number; all: number }>} */
  const roots = new Map();
  for (const { file, error } of results) {
    const root = file.split(sep)[0] ?? '';
    const sums = roots.get(root) ?? { good: 0, all: 0 };
    roots.set(root, { good: sums.good + (error ? 0 : 1), all: sums.all + 1 });
  }
  return roots;
}

/** @param {string} file */
function inFolder(file) {
  return relative('.', file).split(sep).join('/');
}
