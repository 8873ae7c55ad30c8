import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PageBlock, pageBlocks } from '../support/page-blocks.js';
import { PAGES_THAT_RUN } from './pages-that-run.js';
import {
  type Ended,
  findCommand,
  isRunTogether,
  makeProject,
  removeProject,
  runBlock,
  runnerOf,
  runTogether,
} from './run-block.js';

describe.each(PAGES_THAT_RUN)('the blocks of %s, in an empty folder in which the package is installed', (page) => {
  const blocks = pageBlocks(readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8'));
  const toRun = blocks.filter(({ notRun }) => notRun === undefined).filter((block) => !isRunByAnother(block, blocks));

  let folder: string;
  beforeAll(async () => {
    folder = await makeProject(blocks);
  });
  afterAll(() => removeProject(folder));

  const together = toRun.filter(isRunTogether);
  if (together.length > 0)
    it(`lines ${together.map(({ line }) => line).join(', ')}: run by node`, async () => {
      expect(problemOf(await runTogether(folder, together))).toBeUndefined();
    }, 240_000);

  for (const block of toRun.filter((one) => !together.includes(one))) {
    const runner = runnerOf(block);
    if (runner === undefined) continue;
    const found = findCommand(runner);
    it.skipIf(found === undefined)(
      `line ${block.line}, ${block.file ?? block.language}: run by ${runner.name}`,
      async () => {
        expect(problemOf(await runBlock(folder, block, runner, found ?? ''))).toBeUndefined();
      },
      240_000,
    );
  }
});

function problemOf({ status, said }: Ended): string | undefined {
  return status === 0 ? undefined : `ended with ${status}: ${said}`;
}

/** A program that a test on the same page starts, or whose package it is of. */
function isRunByAnother({ file, code }: PageBlock, blocks: readonly PageBlock[]): boolean {
  if (file === undefined || /(?:\.test\.|_test\.|^test_)/.test(file)) return false;
  const goPackage = /^package \w+$/m.exec(code)?.[0];
  return blocks.some(
    (other) =>
      other.code !== code && (other.code.includes(`'${file}'`) || (goPackage && other.code.includes(goPackage))),
  );
}
