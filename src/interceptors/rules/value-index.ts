import { foldName } from '../../cim/model/name-map.js';
import type { ExchangeFacts } from '../match/exchange-facts.js';
import { isTelling } from '../match/matches-value.js';
import type { AskedRule } from './asked-rules.js';
import type { RuleCondition } from './rule.js';

/** A text that a rule wants of a selector or of an input parameter: most rules that want one differ in it. */
interface WantedText {
  readonly member: 'selectors' | 'input';
  readonly name: string;
  readonly text: string;
}

/** The rules that want a text in one place. */
interface Group extends Omit<WantedText, 'text'> {
  readonly all: AskedRule[];
  /** By the text in small letters: whether they matter, the rule says. */
  readonly byText: Map<string, AskedRule[]>;
}

/** Finds rules by the texts that they want, so that those that want others are not looked at. */
export class ValueIndex {
  readonly #others: AskedRule[] = [];
  readonly #groups: readonly Group[];

  constructor(rules: readonly AskedRule[]) {
    const groups = new Map<string, Group>();
    for (const asked of rules) {
      const wanted = wantedText(asked.rule.rule.when);
      if (wanted === undefined) this.#others.push(asked);
      else addTo(groups, wanted, asked);
    }
    this.#groups = [...groups.values()];
  }

  /** Those that may agree with what is known, in their order. */
  find(facts: ExchangeFacts): readonly AskedRule[] {
    let found: AskedRule[] | undefined;
    for (const { member, name, all, byText } of this.#groups) {
      const value = facts.valueNamed?.(member, name);
      // A number agrees with many texts of it.
      const hits = typeof value === 'string' ? byText.get(value.toLowerCase()) : all;
      if (hits !== undefined) found = [...(found ?? this.#others), ...hits];
    }
    return found === undefined ? this.#others : found.sort((one, other) => one.place - other.place);
  }
}

function wantedText({ selectors = {}, input = {} }: RuleCondition): WantedText | undefined {
  for (const [member, values] of [['selectors', selectors] as const, ['input', input] as const])
    for (const [name, text] of Object.entries(values)) if (isTelling(text)) return { member, name, text };
  return undefined;
}

function addTo(groups: Map<string, Group>, { member, name, text }: WantedText, asked: AskedRule): void {
  const key = `${member}.${foldName(name)}`;
  const group: Group = groups.get(key) ?? { member, name, all: [], byText: new Map() };
  groups.set(key, group);
  group.all.push(asked);
  const folded = text.toLowerCase();
  group.byText.set(folded, [...(group.byText.get(folded) ?? []), asked]);
}
