import { Value } from '@sinclair/typebox/value';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkShape, type JsonSchema } from '../../../src/interceptors/rules/check-shape.js';
import { RuleError } from '../../../src/interceptors/rules/rule-error.js';
import { ruleSchema } from '../../../src/interceptors/rules/rule-schema.js';

const check = (rule: unknown) => checkShape(ruleSchema as JsonSchema, rule, '');

const anyThen = fc.constantFrom('returnValue', 'outputs', 'cimError', 'delay', 'http', 'connection', 'at', 'stall');
const anyValue = fc.oneof(
  fc.constantFrom<unknown>(
    0,
    1,
    1.5,
    -1,
    503,
    '',
    'reset',
    'AccessDenied',
    true,
    null,
    [],
    [1],
    [0, 5],
    {},
    { after: 3 },
  ),
  fc.constantFrom<unknown>({ uniform: [1, 2] }, { uniform: [1] }, { logNormal: { median: 5, sigma: 0 } }, [
    { http: 500 },
  ]),
);
const anyWhen = fc.constantFrom(
  'operation',
  'class',
  'selectors',
  'nth',
  'after',
  'times',
  'between',
  'probability',
  'x',
);
const anyRule = fc.record(
  {
    id: anyValue,
    when: fc.dictionary(anyWhen, anyValue, { maxKeys: 2 }),
    then: fc.oneof(anyValue, fc.dictionary(anyThen, anyValue)),
  },
  { requiredKeys: [] },
);

describe('the shape of a rule', () => {
  it('is right for us where typebox finds nothing wrong, and only there', () => {
    fc.assert(
      fc.property(anyRule, (rule) => {
        let problem: unknown;
        try {
          check(rule);
        } catch (error) {
          problem = error;
        }
        expect(problem === undefined ? true : problem instanceof RuleError && problem.message).toEqual(
          Value.Check(ruleSchema, rule) ? true : expect.any(String),
        );
      }),
      { numRuns: 3000, seed: 14 },
    );
  });

  it.each([
    [{ when: {} }, 'then is missing'],
    [{ when: { methdo: 'M' }, then: { http: 503 } }, "when.methdo: no such member: did you mean 'method'?"],
    [{ when: {}, then: { htpt: 503 } }, "then.htpt: no such member: did you mean 'http'?"],
    [{ when: {}, then: { http: 404 } }, 'then.http: 404 is not one of 401, 403, 500, 503'],
    [
      { when: {}, then: { connection: 'rest' } },
      "then.connection: 'rest' is not one of reset, close: did you mean 'reset'?",
    ],
    [{ when: {}, then: [{ delay: -1 }] }, 'then[0].delay: -1 is not a number from 0'],
    [{ when: {}, then: { delay: { unifrom: [1, 2] } } }, "then.delay.unifrom: no such member: did you mean 'uniform'?"],
    [{ when: {}, then: { delay: { uniform: [1] } } }, 'then.delay.uniform: 1 elements where 2 are wanted'],
    [
      { when: {}, then: { delay: { logNormal: { median: 0, sigma: 1 } } } },
      'then.delay.logNormal.median: 0 is not a number of more than 0',
    ],
    [{ when: { nth: 0 }, then: { http: 503 } }, 'when.nth: 0 is not a whole number from 1'],
    [
      { when: { nth: 'second' }, then: { http: 503 } },
      "when.nth: 'second' is not a whole number from 1 or a list that is not empty",
    ],
    [{ when: { probability: 2 }, then: { http: 503 } }, 'when.probability: 2 is not a number of more than 0 to 1'],
    [{ when: {}, then: [] }, 'then: an empty list is not a list that is not empty'],
    [{ when: {}, then: { wrongSignature: false } }, 'then.wrongSignature: false is not true'],
    [{ when: {}, then: 503 }, 'then: 503 is not an object or a list that is not empty'],
    [5, '5 is not an object'],
  ])('is wrong in one line: %j', (rule, message) => {
    expect(() => check(rule)).toThrow(message);
  });
});
