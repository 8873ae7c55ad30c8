import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Installed {
  readonly version?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly engines?: { readonly node?: string };
}

const read = (file: string) => JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));
const manifest = read('package.json');
const locked: Readonly<Record<string, Installed>> = read('package-lock.json').packages;
const atRunTime = Object.entries(locked).filter(([path, { dev }]) => path !== '' && dev !== true);
const notices = readFileSync(new URL('../../dist/THIRD-PARTY-NOTICES.txt', import.meta.url), 'utf8');
const page = readFileSync(new URL('../../docs/dependencies.md', import.meta.url), 'utf8');

/** `>=14.2`, as packages write it that ask for a Node at all; before it may stand older ones (`^16 || ^18 || >=20`). */
function numbers(range: string): readonly number[] {
  const [, version] = /^(?:\^\d+ \|\| )*>=\s*v?([\d.x]+)$/.exec(range) ?? [];
  if (version === undefined) throw new Error(`not read by this test: ${range}`);
  return version.split('.').map((part) => Number(part.replace('x', '0')));
}

function isNewer(range: string, oldest: readonly number[]): boolean {
  const wanted = numbers(range);
  const at = wanted.findIndex((part, index) => part !== (oldest[index] ?? 0));
  return at >= 0 && (wanted[at] ?? 0) > (oldest[at] ?? 0);
}

describe('what is installed along', () => {
  it('runs on the oldest Node that the package promises: npm says so at each installation otherwise', () => {
    const oldest = numbers(manifest.engines.node);
    const tooNew = atRunTime.filter(([, { engines }]) => engines?.node && isNewer(engines.node, oldest));
    expect(tooNew.map(([path]) => path)).toEqual([]);
  });

  it('has no script that npm asks about', () => {
    expect(atRunTime.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)).toEqual([]);
    for (const event of ['preinstall', 'install', 'postinstall', 'prepare']) {
      expect(manifest.scripts).not.toHaveProperty(event);
    }
  });

  it('is pinned, and on docs/dependencies.md', () => {
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      expect(page).toContain(name.replace(/-(?:linux|darwin|freebsd|win32)-.*/, '-'));
    }
  });
});

describe('what is installed of LMDB', () => {
  it('are binaries of the very version whose JavaScript is joined in', () => {
    const binaries = Object.entries(manifest.optionalDependencies).filter(([name]) => name.startsWith('@lmdb/'));
    expect(new Set(binaries.map(([, version]) => version))).toEqual(new Set([manifest.devDependencies.lmdb]));
    expect(binaries).toHaveLength(Object.keys(locked['node_modules/lmdb']?.optionalDependencies ?? {}).length);
  });
});

describe('what is joined into the package', () => {
  // Two folders of one name, if there are several versions.
  const versionsOf = (name: string): string[] =>
    Object.entries(locked)
      .filter(([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`))
      .map(([, { version }]) => version ?? '');
  const joined = notices.split(/^-{80}$/m).map((part) => {
    const [, name = '', version = '', text = ''] =
      /^\s*((?:@[\w.-]+\/)?[\w.-]+) (\d+\.\d+\.\d+)\n\n([\s\S]+)/.exec(part) ?? [];
    return { name, version, text };
  });

  it('is what a start loads, and is named with its licence', () => {
    const names = joined.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['commander', 'fastify', 'pino', 'saxes', 'xmlchars']));
    for (const { name, text } of joined) expect(text, name).toMatch(/licen[cs]e|copyright|\bMIT\b|\bISC\b/i);
  });

  it('stays among the dependencies in the same version, so that whoever looks for holes in packages finds it', () => {
    for (const { name, version } of joined) expect(versionsOf(name), name).toContain(version);
  });
});
