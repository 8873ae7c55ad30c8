import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/cimjson/cim-json-types.js';
import type { ExchangeFacts } from '../../../src/interceptors/match/exchange-facts.js';
import { type AskedRule, AskedRules } from '../../../src/interceptors/rules/asked-rules.js';
import type { CompiledRule } from '../../../src/interceptors/rules/compile-rule.js';
import type { RuleCondition } from '../../../src/interceptors/rules/rule.js';

const MOMENT = '20261130010203.000000+000';

function asked(...whens: RuleCondition[]): AskedRules {
  const rules = whens.map((when, place): AskedRule => {
    const rule = { rule: { when, then: { http: 503 } } } as Pick<CompiledRule, 'rule'> as CompiledRule;
    return { rule, left: when.input === undefined ? 'selectors' : 'model', place };
  });
  return new AskedRules(rules);
}

function facts(values: Readonly<Record<string, Json>>): ExchangeFacts {
  return { valueNamed: (member, name) => values[`${member}.${name}`] };
}

const places = (rules: readonly AskedRule[]) => rules.map(({ place }) => place);

describe('rules that are asked', () => {
  const rules = asked(
    { selectors: { Name: 'a' } },
    { input: { Label: 'b' } },
    { selectors: { Name: 'A' } },
    { input: { Label: 'c' } },
    { selectors: { Name: 'b' } },
    { input: { Size: 5 } },
  );

  it('are at the header those that want the value, whatever its case, and the first that waits', () => {
    expect(places(rules.atHeader(facts({ 'selectors.Name': 'a' })))).toEqual([0, 1, 2]);
    expect(places(rules.atHeader(facts({ 'selectors.Name': 'x' })))).toEqual([1]);
  });

  it('are at the model those that want its values, and those that want no text, in their order', () => {
    const message = facts({ 'selectors.Name': 'A' });
    expect(places(rules.atModel(message, facts({ 'input.Label': 'c' })))).toEqual([0, 2, 3, 5]);
    expect(places(rules.atModel(facts({ 'selectors.Name': 'x' }), facts({ 'input.Label': 'x' })))).toEqual([5]);
  });

  it('are all that want a text where the value is none, since a number has many texts', () => {
    expect(places(rules.atModel(facts({ 'selectors.Name': 7 }), facts({ 'input.Label': 'x' })))).toEqual([0, 2, 4, 5]);
  });

  it('are those that want a moment whatever the text of it', () => {
    const moments = asked({ input: { When: MOMENT } }, { input: { When: 'never' } });
    expect(places(moments.atModel({}, facts({ 'input.When': '20261130020203.000000+060' })))).toEqual([0]);
  });

  it('are none without rules', () => {
    expect(asked().atHeader(facts({}))).toEqual([]);
    expect(asked().atModel(facts({}), facts({}))).toEqual([]);
  });
});
