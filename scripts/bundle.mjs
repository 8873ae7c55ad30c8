/**
 * The last step of `npm run build`: joins what the command and the library load into a few files, in the place of the entries that
 * the compiler wrote. A start opens some twenty files then in place of three hundred, which takes a quarter of its time
 * (docs/performance.md). Both entries are made together, so that a provider that imports the library shares its classes with the
 * server that loads it. Packages are not joined.
 */
import { chmod, rm } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const chunks = 'chunks';

const bundle = await rolldown({
  cwd: root,
  input: { 'cli/main': 'src/cli/main.ts', index: 'src/index.ts' },
  platform: 'node',
  // Asked once with what stands in the import, and again with the file that was found for it.
  external: (id) => !id.startsWith('.') && !isAbsolute(id),
  tsconfig: 'tsconfig.json',
});
await rm(`${root}dist/${chunks}`, { recursive: true, force: true });
await bundle.write({ dir: 'dist', format: 'esm', chunkFileNames: `${chunks}/[name]-[hash].js`, sourcemap: true });
await bundle.close();
// `npm ci` makes the command executable, and `npx cimulator` needs it to be; here it is a new file.
await chmod(`${root}dist/cli/main.js`, 0o755);
