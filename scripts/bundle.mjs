/**
 * The last step of `npm run build`: joins what the commands and the library load into a few files, in the place of the entries that
 * the compiler wrote, together with the packages that every start loads. A start opens some sixty files then in place of
 * five hundred, which takes half of its time (docs/performance.md). The command and the library are made together, so that a
 * provider that imports the library shares its classes with the server that loads it; the conformance tool is made by itself, because
 * it shares no code with the server, and so is the bridge, which other programs start: it has no server in it.
 *
 * What is joined in stays among the dependencies, in the very version: whoever looks for packages with holes finds them, and their
 * licences stand in `dist/THIRD-PARTY-NOTICES.txt`.
 */
import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { isInPackage, isStandIn, lateModules, lateName } from './bundle-plugins/late-modules.mjs';
import { plainBuiltins } from './bundle-plugins/plain-builtins.mjs';
import { quietLmdb } from './bundle-plugins/quiet-lmdb.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const chunks = 'chunks';

/**
 * Packages that a start loads, and the two for files of settings, which are many files; what they import is joined with them. What is
 * loaded when it is needed has a file of its own. So has the JavaScript of `lmdb`, which could not be installed without a question of npm's.
 */
const JOINED = ['commander', 'fastify', 'lmdb', 'pino', 'saxes', '@sinclair/typebox', 'yaml'];
/** Of these, what is never loaded: compilers of JSON schemas, of which no route has one, and what `inject()` needs. */
const NEVER_LOADED = ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler', 'light-my-request'];

/**
 * What nearly every command and every start loads stands in two files: left to itself, the bundler makes one for each set of modules that
 * the same imports reach, and the more is loaded late, the more there are of a few lines, each of which takes a start half a millisecond.
 * Folders that need none above them (`.dependency-cruiser.cjs`), so that the files cannot wait for each other.
 */
const SHARED = [
  {
    name: 'common',
    test: /[\\/]src[\\/](strings|files|options[\\/]option-|cim[\\/](model|contracts)|xml|soap|wscim|cimjson|secrets)\b/,
    priority: 1,
  },
  { name: 'model', test: /[\\/]src[\\/](cim|mof)\b/ },
];

const packageOf = (specifier) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/** What `lmdb` loads: its binaries where ours is installed, and not what it would write values with that are no text. */
const ALIAS = {
  'node-gyp-build-optional-packages': `${root}scripts/bundled/lmdb-binary.mjs`,
  msgpackr: `${root}scripts/bundled/no-msgpackr.mjs`,
};

/** What the bridge loads besides, whose start others wait for; of undici a part. */
const BRIDGE_JOINED = ['undici', 'fast-xml-parser', 'xmlbuilder2'];
const BRIDGE_ALIAS = { undici: `${root}scripts/bundled/undici.mjs` };

/** Asked once with what stands in the import, and again with the file that was found for it. */
const isExternalTo = (joined) => (id, importer) => {
  if (id.startsWith('.') || isAbsolute(id)) return false;
  if (lateName(id) && isInPackage(importer)) return false;
  if (isBuiltin(id) || NEVER_LOADED.includes(packageOf(id))) return true;
  return !isInPackage(importer) && !joined.includes(packageOf(id));
};

/**
 * @param {Readonly<Record<string, string>>} input source files by the name of what is made of them
 * @param {string} tsconfig of these files
 * @param {object} more
 * @param {readonly string[]} [more.joined] packages
 * @param {Readonly<Record<string, string>>} [more.alias] files by the names in imports that stand for them; never for a path below a name
 * @param {readonly object[]} [more.shared] groups of modules that have a file each
 * @returns the folders of the packages that were joined in
 */
async function join(input, tsconfig, { joined = JOINED, alias = {}, shared = [] } = {}) {
  const exact = Object.fromEntries(Object.entries(alias).map(([name, file]) => [`${name}$`, file]));
  const bundle = await rolldown({
    cwd: root,
    input,
    platform: 'node',
    external: isExternalTo(joined),
    tsconfig,
    // `ordered-binary` makes a function of a text, once.
    checks: { eval: false },
    resolve: { alias: exact },
    plugins: [lateModules, plainBuiltins, quietLmdb],
  });
  const { output } = await bundle.write({
    dir: 'dist',
    format: 'esm',
    chunkFileNames: `${chunks}/[name]-[hash].js`,
    sourcemap: true,
    codeSplitting: { groups: shared },
    // A third of the text, which Node would read at every start.
    comments: false,
  });
  await bundle.close();
  const files = output.flatMap(({ moduleIds = [] }) => moduleIds).filter((id) => isInPackage(id) && !isStandIn(id));
  return files
    .map((file) => file.replaceAll('\\', '/'))
    .map((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)[0]);
}

/** Name, version and licence of each package. */
async function writeNotices(folders) {
  const notices = await Promise.all(
    [...new Set(folders)].sort().map(async (folder) => {
      const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
      const file = (await readdir(folder)).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
      // Some have only a word in their manifest.
      const text = file === undefined ? `Licence: ${license}` : await readFile(`${folder}/${file}`, 'utf8');
      // A licence may have a line like the one that parts them.
      return `${name} ${version}\n\n${text.trim().replaceAll(/^-{80,}$/gm, '')}\n`;
    }),
  );
  await writeFile(`${root}dist/THIRD-PARTY-NOTICES.txt`, notices.join(`\n${'-'.repeat(80)}\n\n`));
}

await rm(`${root}dist/${chunks}`, { recursive: true, force: true });
const joined = [
  ...(await join(
    { 'cli/main': 'src/cli/main.ts', index: 'src/index.ts', 'matchers/main': 'src/matchers/main.ts' },
    'tsconfig.json',
    { alias: ALIAS, shared: SHARED },
  )),
  ...(await join({ 'bridge/main': 'src/bridge/main.ts' }, 'tsconfig.json', {
    joined: BRIDGE_JOINED,
    alias: BRIDGE_ALIAS,
  })),
  ...(await join({ 'conformance/main': 'conformance/main.ts' }, 'conformance/tsconfig.json')),
];
await writeNotices(joined);
// `npm ci` makes the commands executable, and `npx` needs them to be; here they are new files.
for (const command of ['cli', 'conformance']) await chmod(`${root}dist/${command}/main.js`, 0o755);
