import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findLinks } from '../support/markdown-links.js';

const folder = new URL('../../docs/decisions/', import.meta.url);
const files = readdirSync(folder)
  .filter((file) => file !== 'README.md')
  .sort();

const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const titleOf = (file: string) => /^# (.+)$/m.exec(read(file))?.[1] ?? '';

/** The text below a heading of the second level, up to the next. */
function sectionOf(file: string, heading: string): string {
  const part = read(file)
    .split(/^## /m)
    .find((text) => text.startsWith(`${heading}\n`));
  return part?.slice(heading.length).trim() ?? '';
}

describe('a decision', () => {
  it('has the next number, four digits and a name', () => {
    const numbers = files.map((file) => /^(\d{4})-[a-z\d]+(?:-[a-z\d]+)*\.md$/.exec(file)?.[1]);
    expect(numbers).toEqual(files.map((_, index) => String(index + 1).padStart(4, '0')));
  });

  it.each(files)('has its number in its title: %s', (file) => {
    expect(titleOf(file)).toMatch(new RegExp(`^${Number(file.slice(0, 4))}\\. \\S`));
  });

  it.each(files)('says when it was made: %s', (file) => {
    const date = /^Date: (\d{4}-\d\d-\d\d)$/m.exec(read(file))?.[1] ?? '';
    expect(new Date(date).toISOString().slice(0, 10)).toBe(date);
  });

  it.each(files)('says what was decided, why, and what was rejected: %s', (file) => {
    const headings = [...read(file).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['Decision', 'Why', 'Rejected']);
    for (const heading of ['Decision', 'Why', 'Rejected']) expect(sectionOf(file, heading)).toMatch(/\S{2}.*\./s);
  });

  it('is not older than the one before it', () => {
    const dates = files.map((file) => /^Date: (.+)$/m.exec(read(file))?.[1]);
    expect(dates).toEqual(dates.toSorted());
  });
});

describe('docs/decisions/README.md', () => {
  it('lists each decision by its title, in their order', () => {
    const rows = [...read('README.md').matchAll(/^- \[(.+)\]\((\d{4}-.+)\)/gm)].map(([, title, file]) => [file, title]);
    expect(rows).toEqual(files.map((file) => [file, titleOf(file)]));
  });
});

describe('docs/architecture.md', () => {
  it('leads to each decision', () => {
    const links = findLinks(readFileSync(new URL('../architecture.md', folder), 'utf8'));
    expect(links.filter((target) => /^decisions\/\d/.test(target)).sort()).toEqual(
      files.map((file) => `decisions/${file}`),
    );
  });
});
