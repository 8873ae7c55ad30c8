import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findAnchors, findCode, findLinks } from '../support/markdown-links.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

const isPage = (file: string) => file.endsWith('.md');
const pages = [
  ...readdirSync(root).filter(isPage),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter(isPage)
    .map((file) => join('docs', file)),
  'fixtures/captures/README.md',
  'schemas/README.md',
];

const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** What is wrong with a relative link; undefined when it leads somewhere. */
function findProblem(page: string, target: string): string | undefined {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : relative(root, join(root, dirname(page), decodeURIComponent(path)));
  if (file.startsWith('..') || !existsSync(join(root, file))) return `${target}: there is no such file`;
  if (anchor === undefined || (isPage(file) && findAnchors(read(file)).has(anchor))) return undefined;
  return `${target}: there is no such heading`;
}

describe('the links of', () => {
  it.each(pages)('%s lead to files and headings that there are', (page) => {
    const links = findLinks(read(page)).filter((target) => !/^[a-z][a-z\d+.-]*:/.test(target));
    expect(links.map((target) => findProblem(page, target)).filter((problem) => problem !== undefined)).toEqual([]);
  });
});

describe('the files that are named in', () => {
  const OURS = /^(?:\.ci|bench|conformance|docs|fixtures|schemas|scripts|src|test)\/[\w./-]*$/;

  it.each(pages)('%s are there', (page) => {
    const named = findCode(read(page)).filter((code) => OURS.test(code));
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});

describe('a page', () => {
  it('has links in text, also over line ends and with code in them, and none in code', () => {
    const text =
      'See [a\npage](a.md), [`code`](b.md#x "title").\n\n`[no](c.md)`\n\n```md\n[no](d.md)\n```\n[e]: e.md\n';
    expect(findLinks(text)).toEqual(['a.md', 'b.md#x', 'e.md']);
  });

  it('has an anchor for each heading', () => {
    const text = '# Put and Create\n```sh\n# none\n```\n## `cimulator` (in cmd), [why](a.md)?\n## Why\n## Why\n';
    expect([...findAnchors(text)]).toEqual(['put-and-create', 'cimulator-in-cmd-why', 'why', 'why-1']);
  });
});
