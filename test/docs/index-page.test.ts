import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findLinks } from '../support/markdown-links.js';

const docs = new URL('../../docs/', import.meta.url);
const pages = readdirSync(docs).filter((file) => file.endsWith('.md') && file !== 'README.md');
const linksOf = (file: string) => findLinks(readFileSync(new URL(file, docs), 'utf8'));

describe('docs/README.md', () => {
  it('leads to each page', () => {
    const links = linksOf('README.md');
    expect(pages.filter((page) => !links.includes(page))).toEqual([]);
  });

  it('is where the README leads to', () => {
    expect(linksOf('../README.md')).toContain('docs/README.md');
  });
});
