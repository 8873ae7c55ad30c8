import { describe, expect, test } from 'vitest';
import { compileCqlPattern } from '../../src/query/pattern/cql-pattern.js';
import { foldText } from '../../src/query/pattern/fold-text.js';
import { compileWqlPattern } from '../../src/query/pattern/wql-pattern.js';
import { bind, everyType } from './lab.js';

const long = `Begin ${'x'.repeat(200_000)} end`;
const ofLong = everyType('long', { a_string: long, a_uint8: 7 });
const ofShort = everyType('short', { a_string: 'Begin x end', a_uint8: 7 });
const ofNone = everyType('none', { a_string: null, a_uint8: 7 });

const CONDITIONS = [
  "a_string = 'x'",
  `a_string > 'B' AND a_uint8 = 7`,
  "NOT a_string = 'x'",
  "a_string LIKE 'begin%'",
  "a_string LIKE '%_end'",
  "a_string LIKE '%[a-w]_n_'",
  "a_string LIKE '%[^x]end' OR a_string = 'y'",
  "NOT (a_string LIKE '%y_%' OR NOT a_string LIKE 'b____ %') AND a_uint8 < 9",
  'a_uint8 = 8 OR a_string IS NULL',
];

/** How many steps a verdict takes, and what it is. */
function settle(verdict: boolean | Generator<void, boolean, void>): {
  readonly steps: number;
  readonly value: boolean;
} {
  if (typeof verdict === 'boolean') return { steps: 0, value: verdict };
  for (let steps = 1; ; steps++) {
    const { done, value } = verdict.next();
    if (done) return { steps, value };
  }
}

describe.each(CONDITIONS)('a condition, %s,', (where) => {
  const query = bind(`SELECT * FROM TEST_EveryType WHERE ${where}`);

  test.each([ofLong, ofShort, ofNone])('is the same in steps as at once', (instance) => {
    expect(settle(query.judge(instance)).value).toBe(query.matches(instance));
  });

  test('is decided at once about short texts', () => {
    expect([typeof query.judge(ofShort), typeof query.judge(ofNone)]).toEqual(['boolean', 'boolean']);
  });
});

test('a long pattern takes many steps over a long text', () => {
  const query = bind(`SELECT * FROM TEST_EveryType WHERE a_string LIKE '%${'_x'.repeat(900)}%y'`);
  expect(settle(query.judge(ofLong)).steps).toBeGreaterThan(100);
});

test.each([
  ['WQL', compileWqlPattern('%[x]_e%d')],
  ['CQL', compileCqlPattern('.*x. end')],
])('a pattern of %s finds in steps what it finds at once, also while another text is matched', (_, matches) => {
  const verdicts = [long, `${long}.`, 'none', long].map((text) => matches.inSteps?.(text) ?? matches(text));
  for (const verdict of verdicts) if (typeof verdict !== 'boolean') verdict.next();
  expect(verdicts.map((verdict) => settle(verdict).value)).toEqual([true, false, false, true]);
});

test('texts are folded letter by letter', () => {
  for (let code = 0; code < 0x1_2000; code++) {
    const letter = String.fromCodePoint(code);
    const lower = letter.toLowerCase();
    const folded = lower.length === letter.length ? lower : letter;
    if (foldText(`a${letter}`) !== `a${folded}`) throw new Error(`U+${code.toString(16)}`);
  }
  expect(foldText('ΣΑΣ \u0130I')).toBe('σασ \u0130i');
});
