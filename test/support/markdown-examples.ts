/** An example of code in a text. */
export interface Example {
  /** `ts` or `js`. */
  readonly language: 'ts' | 'js';
  /** Of its first line in the text, from 1. */
  readonly line: number;
  readonly code: string;
}

const FENCE = /^( *(?:\* ?)?)```(ts|js)\n([\s\S]*?)^\1```$/gm;

/** The blocks ```ts and ```js of a text in Markdown, those in TSDoc comments too, whose lines begin with `*`. */
export function findExamples(text: string): readonly Example[] {
  return [...text.matchAll(FENCE)].map(({ index, 1: prefix = '', 2: language, 3: code = '' }) => ({
    language: language === 'js' ? 'js' : 'ts',
    line: text.slice(0, index).split('\n').length + 1,
    code: code
      .split('\n')
      .map((line) => (line.startsWith(prefix) ? line.slice(prefix.length) : line.replace(/^ *\* ?/, '')))
      .join('\n'),
  }));
}
