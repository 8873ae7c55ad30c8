/**
 * Writes the MOF of all documented classes from the facts in `schemas/facts`.
 *
 *   node scripts/generate-schemas/main.mjs            write the files
 *   node scripts/generate-schemas/main.mjs --check    fail when a committed file differs from what would be written
 *   node scripts/generate-schemas/main.mjs --verify   read the committed MOF, resolve inheritance, compare with the facts
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyExceptions } from './exceptions.mjs';
import { planFiles } from './plan-files.mjs';
import { entryFile, generatedFolders, planWindowsFiles, systemFile } from './plan-windows-files.mjs';
import { known, readFacts } from './read-facts.mjs';
import { readWindowsFacts } from './read-windows-facts.mjs';
import { verifySchemas } from './verify-schemas.mjs';

const schemasFolder = fileURLToPath(new URL('../../schemas/', import.meta.url));

const { classes, applied } = applyExceptions(readFacts(join(schemasFolder, 'facts/iscsitarget.ndjson')));
/** Classes of every namespace that the facts of the iSCSI Target server have. */
const common = new Map([['CIM_Error', known(classes, 'CIM_Error')]]);
const windows = readWindowsFacts(join(schemasFolder, 'facts/win32.ndjson'), common);
const folders = ['cim', 'msiscsitarget', 'msftsm', 'msftsmnet', 'wt', ...generatedFolders(windows)];
const mode = process.argv[2] ?? '--write';
switch (mode) {
  case '--write':
    write();
    break;
  case '--check':
    report(check(), 'committed MOF is what the generator writes');
    break;
  case '--verify':
    for (const { name, count } of [...applied, ...windows.applied]) console.log(`exception ${name}: ${count}`);
    report(verifySchemas(join(schemasFolder, 'schema.mof'), classes), `${classes.size} classes give back their facts`);
    for (const [namespace, facts] of new Map([['', windows.system], ...windows.namespaces])) {
      const file = namespace === '' ? systemFile : entryFile(namespace);
      report(verifySchemas(join(schemasFolder, file), facts), `${file}: ${facts.size} classes give back their facts`);
    }
    break;
  default:
    console.error(`unknown mode ${mode}: use --check, --verify, or nothing`);
    process.exitCode = 2;
}

function planAll() {
  return new Map([...planFiles(classes), ...planWindowsFiles(windows, common)]);
}

function write() {
  const files = planAll();
  for (const path of staleFiles(files)) rmSync(join(schemasFolder, path));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(schemasFolder, path)), { recursive: true });
    writeFileSync(join(schemasFolder, path), text);
  }
  console.log(`wrote ${files.size} files`);
}

/** @returns {string[]} One line per file that is missing, stale or different. */
function check() {
  const files = planAll();
  const different = [...files].flatMap(([path, text]) => {
    const file = join(schemasFolder, path);
    if (!existsSync(file)) return [`missing: ${path}`];
    return readFileSync(file, 'utf8') === text ? [] : [`differs: ${path}`];
  });
  return [...different, ...staleFiles(files).map((path) => `not generated: ${path}`)];
}

/**
 * @param {Map<string, string>} files
 * @returns {string[]} Files in the generated folders that the generator would not write.
 */
function staleFiles(files) {
  const present = folders
    .filter((folder) => existsSync(join(schemasFolder, folder)))
    .flatMap((folder) => readdirSync(join(schemasFolder, folder)).map((name) => `${folder}/${name}`))
    .filter((path) => path.endsWith('.mof'));
  return present.filter((path) => !files.has(path));
}

/**
 * @param {string[]} problems
 * @param {string} success
 */
function report(problems, success) {
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(success);
}
