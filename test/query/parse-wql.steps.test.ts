import { describe, expect, test } from 'vitest';
import { bindQueryInSteps } from '../../src/query/bind-query.js';
import { parseWql, parseWqlInSteps } from '../../src/query/parse-wql.js';
import { bind, everyType, schema } from './lab.js';

/** The outcome, how many steps there were, and the longest of them in milliseconds, the least of some attempts. */
function timed<T>(begin: () => Generator<void, T, void>) {
  let [least, count] = [Number.POSITIVE_INFINITY, 0];
  for (let attempt = 0; ; attempt++) {
    const steps = begin();
    let longest = 0;
    count = 0;
    for (;;) {
      const start = performance.now();
      const { done, value } = steps.next();
      longest = Math.max(longest, performance.now() - start);
      if (done) {
        least = Math.min(least, longest);
        if (attempt === 4) return { value, count, least };
        break;
      }
      count++;
    }
  }
}

const many = (count: number, make: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => make(n)).join(' OR ');

describe('a long query is read in short steps', () => {
  test.each([
    ['of numbers', many(3_400, (n) => `a_uint8 > ${n}`)],
    ['of texts', many(2_500, (n) => `a_string = 'z${n}'`)],
    ['of ranges', many(1_600, (n) => `(a_uint8 > ${n} AND a_uint8 < ${n + 1})`)],
    ['within parentheses', `${'('.repeat(150)}${many(3_000, (n) => `a_uint8 = ${n}`)}${')'.repeat(150)}`],
  ])('%s', (_, where) => {
    const text = `SELECT * FROM TEST_EveryType WHERE ${where}`;
    const parsed = timed(() => parseWqlInSteps(text));
    const statement = parseWql(text);
    expect(parsed.value).toEqual(statement);
    expect(parsed.count).toBeGreaterThan(40);
    if (statement.kind !== 'Select') throw new Error('it is no query for instances');
    const bound = timed(() => bindQueryInSteps(statement, schema));
    expect(bound.count).toBeGreaterThan(20);
    expect(Math.max(parsed.least, bound.least)).toBeLessThan(50);
    const subjects = [0, 1, 100, 255].map((n) => everyType('a', { a_uint8: n, a_string: `z${n}` }));
    const query = bind(text);
    for (const subject of subjects) expect(bound.value.matches(subject)).toBe(query.matches(subject));
  });
});
