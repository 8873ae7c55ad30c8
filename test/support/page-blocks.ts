/** A block of code on a page. */
export interface PageBlock {
  /** As behind the fence: `ts`, `sh`, `python` … */
  readonly language: string;
  /** Of its first line on the page, from 1. */
  readonly line: number;
  readonly code: string;
  /** What a comment in its first line calls it (`// make-pipe.mjs`, `# test_name.py`); undefined without one. */
  readonly file: string | undefined;
  /** Why it is not run, as the paragraph behind it says: `*Not run: …*` or `<!-- not run: … -->`. */
  readonly notRun: string | undefined;
}

const FENCE = /^( *)```([\w-]+)([^\n]*)\n([\s\S]*?)^\1```$/gm;
const NAME = /^(?:\/\/|#) ([\w.-]+\.\w+)$/m;
const REASON = /^(?:\*|<!-- )not run: (\S[\s\S]*?)(?:\*| -->)$/i;

/** The blocks of a page in Markdown, those in TSDoc comments left out. */
export function pageBlocks(page: string): readonly PageBlock[] {
  return [...page.matchAll(FENCE)].map(({ 0: block, index, 1: indent = '', 2: language = '', 4: code = '' }) => ({
    language,
    line: page.slice(0, index).split('\n').length + 1,
    code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    file: NAME.exec(code.slice(0, code.indexOf('\n')))?.[1],
    notRun: REASON.exec(
      page
        .slice(index + block.length)
        .split(/\n{2,}/)[1]
        ?.trim() ?? '',
    )?.[1],
  }));
}
