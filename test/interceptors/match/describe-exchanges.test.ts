import { expect, it } from 'vitest';
import { compileFilter } from '../../../src/interceptors/match/compile-match.js';
import {
  type DescribedExchange,
  exchangeLine,
  shown,
  whatCame,
} from '../../../src/interceptors/match/describe-exchanges.js';
import type { ExchangeFilter } from '../../../src/interceptors/match/exchange-match.js';
import { maskedFilter } from '../../../src/interceptors/match/masked-filter.js';
import { createSecretNames } from '../../../src/secrets/secret-names.js';

const grow = (number: number, more: Partial<DescribedExchange> = {}): DescribedExchange => ({
  number,
  operation: 'Invoke',
  class: 'LAB_Service',
  method: 'Grow',
  user: 'ci',
  selectors: { Name: 'a' },
  input: { Size: 5 },
  outcome: 'answered',
  returnValue: 4096,
  returnLabel: 'Job Started',
  ...more,
});

const told = (exchanges: readonly DescribedExchange[], filter: ExchangeFilter) =>
  whatCame(
    exchanges,
    compileFilter(filter, () => false),
    maskedFilter(filter, createSecretNames().isSecret),
  );

it('an exchange is told in one line', () => {
  expect(exchangeLine(grow(3))).toBe(
    '#3 Invoke LAB_Service.Grow of {"Name":"a"} {"Size":5} by ci → 4096 (Job Started)',
  );
  expect(exchangeLine({ number: 1, outcome: 'fault', fault: 'SchemaValidationError' })).toBe(
    '#1 unreadable by nobody → SchemaValidationError',
  );
  expect(exchangeLine(grow(2, { outcome: 'lost' }))).toMatch(/→ lost$/);
});

it('what came is told with the two nearest, and what differs', () => {
  const others = [
    grow(1, { method: 'Shrink' }),
    grow(2, { input: { Size: 7 } }),
    grow(3, { user: 'other', input: {} }),
    grow(4, { method: 'Stop' }),
  ];
  expect(told(others, { method: 'Grow', user: 'ci', input: { Size: 6 } })).toBe(
    [
      '4 came.',
      'The nearest:',
      '  #2 Invoke LAB_Service.Grow of {"Name":"a"} {"Size":7} by ci → 4096 (Job Started)',
      '      input.Size: 7 where 6 is wanted',
      '  #3 Invoke LAB_Service.Grow of {"Name":"a"} {} by other → 4096 (Job Started)',
      '      user: "other" where "ci" is wanted',
      '      input.Size: none where 6 is wanted',
      'The others:',
      '  #1 Invoke LAB_Service.Shrink of {"Name":"a"} {"Size":5} by ci → 4096 (Job Started)',
      '  #4 Invoke LAB_Service.Stop of {"Name":"a"} {"Size":5} by ci → 4096 (Job Started)',
    ].join('\n'),
  );
  expect(told([], {})).toBe('No request came.');
});

it('of many the last are listed', () => {
  const lines = told(
    Array.from({ length: 100 }, (_, at) => grow(at + 1)),
    { method: 'Grow' },
  ).split('\n');
  expect(lines.slice(0, 4)).toEqual(['100 came.', 'They were:', '  … 90 before', expect.stringContaining('#91 ')]);
});

it('a long value is cut', () => {
  expect(shown('x'.repeat(1000))).toHaveLength(120);
  expect(shown({ a: 5n })).toBe('{"a":"5"}');
});

it('secrets that are wanted are not told either', () => {
  const filter = { method: 'Grow', input: { StartPassword: 'hunter2', Size: 5 } };
  const text = told([grow(1, { input: { StartPassword: '***', Size: 5 } })], filter);
  expect(text).toContain('input.StartPassword: "***", a secret, which is compared as it is shown');
  expect(text).not.toContain('hunter2');
  expect(told([grow(1)], filter)).not.toContain('hunter2');
});
