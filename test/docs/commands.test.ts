import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const scripts = Object.keys(JSON.parse(read('package.json')).scripts);

/** Those that npm runs by itself. */
const isOwn = (name: string) => !/^(?:pre|post)|^dependencies$/.test(name);

/** What pages say with `npm run NAME`, `npm test` and `npm start`. */
function namedIn(file: string): readonly string[] {
  const found = [...read(file).matchAll(/\bnpm (?:run ([\w:-]+)|(test|start)\b)/g)];
  return [...new Set(found.map(([, run, own]) => run ?? own ?? ''))].sort();
}

describe('CONTRIBUTING.md', () => {
  it('has every command of package.json, and no other', () => {
    expect(namedIn('CONTRIBUTING.md')).toEqual(scripts.filter(isOwn).sort());
  });
});

describe('docs/releasing.md', () => {
  it('names commands that there are', () => {
    expect(namedIn('docs/releasing.md').filter((name) => !scripts.includes(name))).toEqual([]);
  });
});
