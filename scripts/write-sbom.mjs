/**
 * `node scripts/write-sbom.mjs FILE`: writes the list of parts of what is published (CycloneDX, from the lock file, so that it is the
 * same on every machine), and refuses one that does not say all: a part without a digest, or one that the build has joined into our
 * files and that is not in the list in this very version.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node scripts/write-sbom.mjs FILE');
  process.exit(2);
}

/** What the build has joined into our files, as `name version`: installed for development only, it is part of what is published. */
const joined = new Set(
  [...readFileSync('dist/THIRD-PARTY-NOTICES.txt', 'utf8').matchAll(/^((?:@[\w.-]+\/)?[\w.-]+ \d+\.\d+\.\d+)$/gm)].map(
    ([part]) => part,
  ),
);

// `--omit=dev` would leave out what is needed for development, too. On Windows `npm` is a command file, which only a shell runs.
const npm = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx'];
const sbom = JSON.parse(execFileSync('npm', npm, { encoding: 'utf8', shell: process.platform === 'win32' }));
const isForDevelopment = ({ properties = [] }) => properties.some(({ name }) => name === 'cdx:npm:package:development');
const components = sbom.components.filter(
  (component) => !isForDevelopment(component) || joined.has(`${component.name} ${component.version}`),
);
const known = new Set([sbom.metadata.component, ...components].map((component) => component['bom-ref']));
const dependencies = sbom.dependencies
  .filter(({ ref }) => known.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((part) => known.has(part)) }));
// npm calls it by the name of the folder.
const { name } = JSON.parse(readFileSync('package.json', 'utf8'));
const component = { ...sbom.metadata.component, name };
const text = `${JSON.stringify({ ...sbom, metadata: { ...sbom.metadata, component }, components, dependencies }, null, 2)}\n`;

const parts = new Map(components.map((part) => [`${part.name} ${part.version}`, part.hashes]));
const problems = [
  ...[...parts]
    .filter(([, hashes]) => !hashes?.some(({ alg }) => alg === 'SHA-512'))
    .map(([part]) => `${part} has no digest`),
  ...[...joined].filter((part) => !parts.has(part)).map((part) => `${part} is joined in and not listed`),
];
for (const problem of problems) console.error(`the list of parts is wrong: ${problem}`);
if (problems.length === 0) {
  writeFileSync(file, text);
  console.log(`${file}: ${parts.size} parts`);
}
process.exitCode = problems.length > 0 ? 1 : 0;
