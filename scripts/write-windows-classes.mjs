/**
 * Writes docs/windows-classes.md: each class of Windows' schema, whether everything that the facts say of it is in the MOF, how many
 * instances the default lab has of it, and which of its methods do their work. What the endpoint does is asked of the build: `npm run build`
 * comes first.
 *
 *   node scripts/write-windows-classes.mjs            write the page
 *   node scripts/write-windows-classes.mjs --check    fail when the committed page is not what would be written
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCoverage } from './class-coverage.mjs';
import { applyExceptions } from './generate-schemas/exceptions.mjs';
import { entryFile } from './generate-schemas/plan-windows-files.mjs';
import { known, readFacts } from './generate-schemas/read-facts.mjs';
import { readMof } from './generate-schemas/read-mof.mjs';
import { readWindowsFacts } from './generate-schemas/read-windows-facts.mjs';
import { resolveClasses } from './generate-schemas/resolve-classes.mjs';

/** @typedef {import('./generate-schemas/read-facts.mjs').ClassFacts} ClassFacts */
/** @typedef {import('./generate-schemas/resolve-classes.mjs').ResolvedClass} ResolvedClass */

const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, 'docs/windows-classes.md');

const head = `# Classes of Windows

Written by \`scripts/write-windows-classes.mjs\` from the facts (\`schemas/facts/win32.ndjson\`) and the MOF that an endpoint has. Properties and methods are counted with those that are inherited; what is
missing is what the facts name and the MOF does not have. Classes without a source are left out: [schemas](../schemas/README.md#windows) names them.

Instances are those of the class itself, and of its subclasses, in the default lab at its start; where there are none, the reason stands there: *abstract* (they are of its subclasses), *embedded* (it has no keys), *event* (it happens,
and is not kept), *not measured* (a counter; nothing is measured here), *made when asked for* (by its keys, or a query that names them; nobody lists them), *none in the lab* (the machine of the lab has no such thing, or nobody has described it yet: a lab of one's own may). Methods that do their work are
described in [windows-methods.md](windows-methods.md); all others answer the code that their page has for a method that is not supported (1 of \`SetPowerState\`), or,
where it has none, end with the fault of a method that is not available, HRESULT 0x80041055, and none answers 0 and does nothing.
`;

const text = await pageText();
if (process.argv[2] !== '--check') writeFileSync(page, text);
else if (readFileSync(page, 'utf8') !== text) {
  console.error('docs/windows-classes.md is not what scripts/write-windows-classes.mjs writes');
  process.exitCode = 1;
}

async function pageText() {
  const { classes } = applyExceptions(readFacts(join(root, 'schemas/facts/iscsitarget.ndjson')));
  const common = new Map([['CIM_Error', known(classes, 'CIM_Error')]]);
  const { namespaces, system } = readWindowsFacts(join(root, 'schemas/facts/win32.ndjson'), common);
  const coverage = await readCoverage(new Set(['root/cimv2', ...namespaces.keys()]));
  const sections = [...namespaces].map(([namespace, facts]) => {
    const { classes: declared } = resolveClasses(readMof(join(root, 'schemas', entryFile(namespace))));
    const own = [...facts.values()].filter(({ name }) => !system.has(name));
    return section(
      namespace,
      own,
      (name) => declared.get(`${namespace}:${name}`),
      (name) => coverage(namespace, name),
    );
  });
  const [first] = namespaces.keys();
  const { classes: declared } = resolveClasses(readMof(join(root, 'schemas', entryFile(String(first)))));
  const everywhere = section(
    'Every namespace',
    [...system.values()],
    (name) => declared.get(`${first}:${name}`),
    (name) => coverage('root/cimv2', name),
  );
  return `${head}\n${[everywhere, ...sections].join('\n')}`;
}

/**
 * @param {string} title
 * @param {readonly ClassFacts[]} facts
 * @param {(name: string) => ResolvedClass | undefined} declaredOf
 * @param {(name: string) => import('./class-coverage.mjs').Coverage} coverageOf
 */
function section(title, facts, declaredOf, coverageOf) {
  const sorted = [...facts].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  const rows = sorted.map((one) => {
    const members = declaredOf(one.name)?.members ?? new Map();
    const missing = [...one.properties, ...one.methods]
      .filter(({ name }) => !members.has(name))
      .map(({ name }) => name);
    const kind = one.abstract ? 'abstract' : one.association ? 'association' : one.indication ? 'indication' : '';
    const keys = one.properties.filter(({ key }) => key).map(({ name }) => name);
    return row([
      `[${one.name.replaceAll('_', '\\_')}](${one.documentedAt})`,
      kind,
      keys.join(', ') || (one.qualifiers.Singleton === true ? '(one instance)' : ''),
      String(one.properties.length),
      String(one.methods.length),
      missing.join(', ') || 'none',
      ...cellsOf(coverageOf(one.name)),
    ]);
  });
  const header = row(['class', 'kind', 'keys', 'properties', 'methods', 'missing', 'instances', 'do their work']);
  return `## ${title}\n\n${header}|---|---|---|---|---|---|---|---|\n${rows.join('')}`;
}

/** @param {readonly string[]} cells */
function row(cells) {
  return `| ${cells.join(' | ')} |\n`;
}

/** @param {import('./class-coverage.mjs').Coverage} coverage */
function cellsOf({ instances, why, working, methods }) {
  const some = working.length === 0 ? 'none' : `${working.length}: ${working.join(', ')}`;
  const those = working.length === methods ? 'all' : some;
  return [instances > 0 ? String(instances) : `– (${why})`, methods === 0 ? '' : those];
}
