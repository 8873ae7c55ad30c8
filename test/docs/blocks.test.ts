import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { pageBlocks } from '../support/page-blocks.js';
import { EXEMPT, PAGES_THAT_RUN } from './pages-that-run.js';
import { runnerOf } from './run-block.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const pages = [
  'README.md',
  ...readdirSync(`${root}docs`, { recursive: true, encoding: 'utf8' }).map((file) => `docs/${file}`),
];
const markdown = pages.filter((file) => file.endsWith('.md'));
const CODE = new Set(['ts', 'js', 'sh', 'python', 'go', 'powershell', 'bat']);

/** The blocks of code that nobody runs, and that do not say why. */
function silent(page: string): readonly string[] {
  const isRun = PAGES_THAT_RUN.includes(page);
  return pageBlocks(readFileSync(root + page, 'utf8'))
    .filter(({ language, notRun }) => CODE.has(language) && notRun === undefined)
    .filter((block) => !isRun || runnerOf(block) === undefined)
    .map(({ line, language }) => `${page}:${line} (${language})`);
}

describe('a block of code', () => {
  it.each(markdown.filter((page) => EXEMPT[page] === undefined))('is run, or says beside it why not: %s', (page) => {
    expect(silent(page)).toEqual([]);
  });
});

describe('a page that is exempt', () => {
  it.each(Object.keys(EXEMPT))('has blocks that say nothing, or it would need no exemption: %s', (page) => {
    expect(silent(page)).not.toEqual([]);
  });
});

describe('a page', () => {
  it('says behind a block why it is not run', () => {
    const page =
      '```sh\n# a.sh\nx\n```\n\n*Not run: why\nnot.*\n\n```js no-check\ny\n```\n\n<!-- not run: it cannot -->\n\n```ts\nz\n```\n';
    expect(pageBlocks(page)).toEqual([
      { language: 'sh', line: 2, code: '# a.sh\nx\n', file: 'a.sh', notRun: 'why\nnot.' },
      { language: 'js', line: 10, code: 'y\n', file: undefined, notRun: 'it cannot' },
      { language: 'ts', line: 16, code: 'z\n', file: undefined, notRun: undefined },
    ]);
  });
});
