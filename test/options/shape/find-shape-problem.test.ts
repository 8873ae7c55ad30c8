import { Value } from '@sinclair/typebox/value';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configurationSchema } from '../../../src/config/configuration-schema.js';
import * as requestShapes from '../../../src/control/schemas/shapes.js';
import { ruleSchema } from '../../../src/interceptors/rules/rule-schema.js';
import { findShapeProblem } from '../../../src/options/shape/find-shape-problem.js';
import type { JsonSchema } from '../../../src/options/shape/json-schema.js';
import { pathText } from '../../../src/options/shape/value-path.js';

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

/** Keywords that say nothing about what is right. */
const ANNOTATIONS = ['$schema', 'title', 'description', 'default', 'additionalItems', 'maxItems'];
const CHECKED = [
  ...['type', 'const', 'anyOf', 'properties', 'patternProperties', 'required', 'additionalProperties', 'minProperties'],
  ...['items', 'minItems', 'minLength', 'minimum', 'exclusiveMinimum', 'maximum', 'writeOnly'],
];

/** All keywords of a schema and of those within it; `maxItems` is that of a tuple alone, whose length is checked. */
function keywordsOf(schema: Readonly<Record<string, unknown>>): string[] {
  const within = [
    ...Object.values((schema.properties ?? {}) as object),
    ...Object.values((schema.patternProperties ?? {}) as object),
    ...((schema.anyOf ?? []) as object[]),
    ...[schema.items ?? []].flat(),
  ];
  const names = Object.keys(schema).filter((name) => name !== 'maxItems' || !Array.isArray(schema.items));
  return [...names, ...within.flatMap((one) => keywordsOf(one as Readonly<Record<string, unknown>>))];
}

const isRight = (schema: JsonSchema, value: unknown) => findShapeProblem(schema, value) === undefined;

describe('what is right', () => {
  it('is so for a rule where typebox finds nothing wrong, and only there', () => {
    fc.assert(
      fc.property(anyRule, (rule) => {
        expect(isRight(ruleSchema as JsonSchema, rule)).toBe(Value.Check(ruleSchema, rule));
      }),
      { numRuns: 3000, seed: 14 },
    );
  });

  it.each(Object.entries(requestShapes))('is so for %s of the control API, too', (_name, schema) => {
    const names = Object.keys((schema as JsonSchema).properties ?? {});
    const body = fc.oneof(anyValue, fc.dictionary(fc.constantFrom(...names, 'x', 'kind'), anyValue));
    fc.assert(
      fc.property(body, (value) => {
        expect(isRight(schema as JsonSchema, value)).toBe(Value.Check(schema, value));
      }),
      { numRuns: 200, seed: 14 },
    );
  });

  it('is said in keywords that are looked at', async () => {
    const schemas = [ruleSchema, await configurationSchema(), ...Object.values(requestShapes)];
    const used = new Set(schemas.flatMap((schema) => keywordsOf(schema)));
    expect([...used].filter((name) => !CHECKED.includes(name) && !ANNOTATIONS.includes(name))).toEqual([]);
  });

  it.each(['__proto__', 'constructor', 'toString'])('is no member that objects have anyhow: %s', (name) => {
    expect(findShapeProblem(ruleSchema as JsonSchema, JSON.parse(`{"${name}":{}}`))?.text).toMatch(/^no such member/);
  });
});

const check = (rule: unknown) => {
  const { path, text } = findShapeProblem(ruleSchema as JsonSchema, rule) ?? { path: [], text: 'right' };
  return [pathText(path), text].filter((part) => part !== '').join(': ');
};

describe('what is wrong', () => {
  it.each([
    [{ when: {} }, 'then: it is missing: expected an object, or a list that is not empty'],
    [{ when: { methdo: 'M' }, then: { http: 503 } }, "when.methdo: no such member: did you mean 'method'?"],
    [{ when: {}, then: { htpt: 503 } }, "then.htpt: no such member: did you mean 'http'?"],
    [{ when: {}, then: { http: 404 } }, 'then.http: 404 is not one of 401, 403, 500, 503'],
    [
      { when: {}, then: { connection: 'rest' } },
      "then.connection: 'rest' is not one of reset, close: did you mean 'reset'?",
    ],
    [
      { when: {}, then: [{ delay: -1 }] },
      'then[0].delay: -1 is not a number from 0, or an object with uniform, or an object with logNormal',
    ],
    [{ when: {}, then: { delay: { unifrom: [1, 2] } } }, "then.delay.unifrom: no such member: did you mean 'uniform'?"],
    [{ when: {}, then: { delay: { gauss: 1 } } }, 'then.delay.gauss: no such member: there are uniform, logNormal'],
    [{ when: {}, then: { delay: { logNorml: 1 } } }, "then.delay.logNorml: no such member: did you mean 'logNormal'?"],
    [{ when: {}, then: { delay: { uniform: [1] } } }, 'then.delay.uniform: 1 elements where 2 are wanted'],
    [
      { when: {}, then: { delay: { logNormal: { median: 0, sigma: 1 } } } },
      'then.delay.logNormal.median: 0 is not a number of more than 0',
    ],
    [
      { when: { nth: 0 }, then: { http: 503 } },
      'when.nth: 0 is not a whole number from 1, or a list that is not empty, of which each is a whole number from 1',
    ],
    [
      { when: { nth: 'second' }, then: { http: 503 } },
      "when.nth: 'second' is not a whole number from 1, or a list that is not empty, of which each is a whole number from 1",
    ],
    [{ when: { probability: 2 }, then: { http: 503 } }, 'when.probability: 2 is not a number of more than 0 to 1'],
    [{ when: {}, then: [] }, 'then: an empty list is not an object, or a list that is not empty'],
    [{ when: {}, then: { wrongSignature: false } }, 'then.wrongSignature: false is not true'],
    [{ when: {}, then: 503 }, 'then: 503 is not an object, or a list that is not empty'],
    [5, '5 is not an object with id, when, then'],
  ])('is told in one line: %j', (rule, message) => {
    expect(check(rule)).toBe(message);
  });
});
