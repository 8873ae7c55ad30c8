// Writes the TypeScript types of the classes that have a provider, from the compiled MOF.
//
//   node scripts/generate-provider-types/main.mjs           write src/iscsitarget/generated/
//   node scripts/generate-provider-types/main.mjs --check   say whether what is there is what would be written
//
// It reads MOF with the project's own compiler, so `npm run build` must have run.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileMof } from '../../dist/mof/compile-mof.js';
import { fileNameOf, printProviderTypes } from './print-provider-types.mjs';

const namespace = 'root/cimv2/storage/iScsiTarget';

/** The classes that have a provider. */
const classNames = ['MSISCSITARGET_StorageConfigurationService'];

const project = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(project, 'src/iscsitarget/generated');

const wanted = new Map(generate());
if (process.argv.includes('--check')) process.exitCode = check(wanted);
else for (const [file, text] of wanted) writeFileSync(join(folder, file), text);

/** @returns {[string, string][]} File names and texts. */
function generate() {
  const read = (/** @type {string} */ file) => ({ file, text: readFileSync(file, 'utf8') });
  const compilation = compileMof([read(join(project, 'schemas/schema.mof'))], {
    defaultNamespace: namespace,
    readInclude: (path, from) => read(join(dirname(from), path)),
  });
  const schema = compilation.namespaces.get(namespace)?.schema;
  if (!schema) throw new Error(`the schema declares nothing in ${namespace}`);
  return classNames.map((name) => [fileNameOf(name), printProviderTypes(schema.getClass(name))]);
}

/** @param {Map<string, string>} expected */
function check(expected) {
  const found = readdirSync(folder);
  const differing = [...expected.keys()].filter(
    (file) => !found.includes(file) || readFileSync(join(folder, file), 'utf8') !== expected.get(file),
  );
  const stray = found.filter((file) => !expected.has(file));
  for (const file of differing) console.error(`differs: ${file}`);
  for (const file of stray) console.error(`not generated: ${file}`);
  return differing.length + stray.length > 0 ? 1 : 0;
}
