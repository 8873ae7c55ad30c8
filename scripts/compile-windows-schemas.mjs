/**
 * A step of `npm run build`: compiles the namespaces of Windows' schema, so that the first use of one reads a file, and in it the classes
 * that are asked for. Errors in their MOF fail the build.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compileWindows } from '../dist/endpoint/windows-schema/compile-windows.js';
import { windowsBase } from '../dist/endpoint/windows-schema/windows-base.js';
import { dottedName, SYSTEM, windowsNamespaces } from '../dist/endpoint/windows-schema/windows-namespaces.js';
import { COMPILATION_FORM } from '../dist/mof/cache/compilation-form.js';

const folder = fileURLToPath(new URL('../dist/schemas/', import.meta.url));
await mkdir(folder, { recursive: true });
const digests = {};
for (const namespace of [SYSTEM, ...windowsNamespaces]) {
  const { text, digest } = compileWindows(namespace, namespace === SYSTEM ? undefined : windowsBase(SYSTEM));
  await writeFile(`${folder}${dottedName(namespace)}.jsonl`, text);
  digests[namespace] = digest;
}
await writeFile(`${folder}digests.json`, `${JSON.stringify({ form: COMPILATION_FORM, digests }, null, 1)}\n`);
