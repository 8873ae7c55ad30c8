/**
 * The last step of `npm run build`: joins what the commands and the library load into a few files, in the place of the entries that
 * the compiler wrote. A start opens some twenty files then in place of three hundred, which takes a quarter of its time
 * (docs/performance.md). The command and the library are made together, so that a provider that imports the library shares its classes
 * with the server that loads it; the conformance tool is made by itself, because it shares no code with the server. Packages are not
 * joined.
 */
import { chmod, rm } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const chunks = 'chunks';

/**
 * @param {Readonly<Record<string, string>>} input source files by the name of what is made of them
 * @param {string} tsconfig of these files
 */
async function join(input, tsconfig) {
  const bundle = await rolldown({
    cwd: root,
    input,
    platform: 'node',
    // Asked once with what stands in the import, and again with the file that was found for it.
    external: (id) => !id.startsWith('.') && !isAbsolute(id),
    tsconfig,
  });
  await bundle.write({ dir: 'dist', format: 'esm', chunkFileNames: `${chunks}/[name]-[hash].js`, sourcemap: true });
  await bundle.close();
}

await rm(`${root}dist/${chunks}`, { recursive: true, force: true });
await join({ 'cli/main': 'src/cli/main.ts', index: 'src/index.ts' }, 'tsconfig.json');
await join({ 'conformance/main': 'conformance/main.ts' }, 'conformance/tsconfig.json');
// `npm ci` makes the commands executable, and `npx` needs them to be; here they are new files.
for (const command of ['cli', 'conformance']) await chmod(`${root}dist/${command}/main.js`, 0o755);
