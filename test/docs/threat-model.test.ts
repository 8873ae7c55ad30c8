import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const url = (file: string) => new URL(`../../${file}`, import.meta.url);
const read = (file: string) => readFileSync(url(file), 'utf8');
const page = read('docs/threat-model.md');
const { dependencies, optionalDependencies } = JSON.parse(read('package.json'));
/** What the build has joined into our files. */
const joined = [...read('dist/THIRD-PARTY-NOTICES.txt').matchAll(/^((?:@[\w.-]+\/)?[\w.-]+) \d+\.\d+\.\d+$/gm)].map(
  ([, name = '']) => name,
);

/** The names in the first column of the tables of packages. */
function packagesOnPage(): readonly string[] {
  const [, section = ''] = page.split('## What an attacker would gain from each package');
  const [tables = ''] = section.split('\n## ');
  const cells = [...tables.matchAll(/^\| ([^|]+) \|/gm)].map(([, cell = '']) => cell);
  return cells.filter((cell) => cell !== 'package' && !/^-+$/.test(cell)).flatMap((cell) => cell.split(', '));
}

describe('docs/threat-model.md', () => {
  it('says of each package that is installed along or joined in what an attacker would gain from it, and of no other', () => {
    const installed = new Set([...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...joined]);
    expect(joined).toEqual(expect.arrayContaining(['fastify', 'pino', 'saxes']));
    expect(packagesOnPage().toSorted()).toEqual([...installed].toSorted());
  });

  it('names limits that there are', () => {
    const [, section = ''] = page.split('## Which limit guards which resource');
    const [table = ''] = section.split('\n\nEach of these');
    const limits = read('docs/limits.md');
    const named = [...table.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !limits.includes(`\`${name}\``))).toEqual([]);
  });

  it('names tests that there are', () => {
    const named = [...page.matchAll(/`([\w/-]+\.test\.ts)`/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(3);
    const known = (name: string) => existsSync(url(name)) || existsSync(url(`test/robustness/${name}`));
    expect(named.filter((name) => !known(name))).toEqual([]);
  });

  it('is found from where one looks for it', () => {
    expect(read('SECURITY.md')).toContain('(docs/threat-model.md)');
    expect(read('README.md')).toContain('(docs/threat-model.md)');
  });
});
