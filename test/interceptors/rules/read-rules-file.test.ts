import { describe, expect, it } from 'vitest';
import { parseRules, readRulesFile } from '../../../src/interceptors/rules/read-rules-file.js';
import { RuleError } from '../../../src/interceptors/rules/rule-error.js';

const YAML = `# yaml-language-server: $schema=node_modules/cimulator/schemas/rules.schema.json
rules:
  - when: { operation: Identify }
    then: { http: 503 }
  - id: second
    when:
      method: M
      nth: 2
    then:
      - delay: 5
      - fault: QuotaLimit
`;

const message = (run: () => unknown) => {
  try {
    return run();
  } catch (error) {
    return error instanceof RuleError ? error.message : error;
  }
};

describe('a file of rules', () => {
  it('is YAML', () => {
    expect(parseRules(YAML, 'r.yaml').map(({ rule }) => rule)).toEqual([
      { when: { operation: 'Identify' }, then: { http: 503 } },
      { id: 'second', when: { method: 'M', nth: 2 }, then: [{ delay: 5 }, { fault: 'QuotaLimit' }] },
    ]);
  });

  it('is JSON, with its schema for editors, or a list alone', () => {
    const rule = { when: {}, then: { http: 500 } };
    for (const content of [{ $schema: './rules.schema.json', rules: [rule] }, [rule]])
      expect(parseRules(JSON.stringify(content), 'r.json').map((one) => one.rule)).toEqual([rule]);
  });

  it.each([
    ['then[1].fault', 'r.yaml:11: rules[1].then[1].fault: wrong'],
    ['when.nth', 'r.yaml:8: rules[1].when.nth: wrong'],
    ['when.input.Missing', 'r.yaml:7: rules[1].when.input.Missing: wrong'],
    ['', 'r.yaml:5: rules[1]: wrong'],
  ])('tells the line of what is wrong: %s', (place, expected) => {
    expect(parseRules(YAML, 'r.yaml')[1]?.locate(new RuleError(place, 'wrong')).message).toBe(expected);
  });

  it.each([
    ['rules:\n  - when: {', /^r\.yaml:2: /],
    ['rules: []\nrule: []', /^r\.yaml:2: rule: no such member: did you mean 'rules'\?$/],
    ['when: {}\nthen: { http: 503 }', /^r\.yaml:1: when: a rule stands in a list/],
    ['a: &a [1]\nrules: 5', /^r\.yaml:1: a: no such member/],
    ['rules: 5', /^r\.yaml: rules: expected a list of rules$/],
    ['', /^r\.yaml: rules: expected a list of rules$/],
    ['rules: []\nrules: []', /^r\.yaml:2: /],
  ])('is refused in one line: %j', (text, expected) => {
    expect(message(() => parseRules(text, 'r.yaml'))).toMatch(expected);
  });

  it('is refused where it cannot be read', async () => {
    await expect(readRulesFile('/nowhere/r.yaml')).rejects.toThrow(
      '/nowhere/r.yaml: the rules cannot be read (ENOENT)',
    );
  });
});
