import type { Cancellation } from '../../cim/contracts/cancellation.js';
import type { ExchangeFacts } from '../match/exchange-facts.js';
import { type AskedRule, AskedRules } from './asked-rules.js';
import type { CompiledRule } from './compile-rule.js';
import type { DecodedAnswer } from './method-answer.js';
import type { Firing } from './perform-plan.js';
import type { Counted } from './rule-counter.js';

const NOTHING: ExchangeFacts = {};
const NO_RULES = new AskedRules([]);

/** The rule that fires; undefined when none does, or none yet. A promise where another process counts, and only then. */
export type Decision = Firing | undefined | Promise<Firing | undefined>;

/** What the rules make of one message, from its header to its answer. A class, since there is one for each. */
export class RuledExchange {
  /** Whoever waits for the answer. */
  readonly client: Cancellation;
  /** The rule that fired: one, at most. */
  firing: Firing | undefined = undefined;
  /** A rule may yet match, and others wait for it. */
  isOpen = false;
  facts: ExchangeFacts = NOTHING;
  #asked = NO_RULES;
  /** Each exchange is counted once. */
  #counted: AskedRule[] | undefined;

  constructor(client: Cancellation) {
    this.client = client;
  }

  /** The header has been read. @returns the rule that fires by it */
  begin(asked: AskedRules, facts: ExchangeFacts): Decision {
    this.#asked = asked;
    this.facts = facts;
    return this.#decide(asked.atHeader(facts), () => 'later');
  }

  /**
   * A CIM operation is about to be carried out.
   *
   * @param model what is known by it
   * @param isLast nothing comes after it that a rule could wait for
   * @param answerOf a rule that agrees with it: its answer for the method, where it has one that fits
   */
  goOn(model: ExchangeFacts, isLast: boolean, answerOf: (rule: CompiledRule) => DecodedAnswer | undefined): Decision {
    const otherwise = isLast ? 'no' : 'later';
    const rules = isLast ? this.#asked.atModel(this.facts, model) : this.#asked.all;
    const fits = (rule: CompiledRule) => rule.plan.answer?.kind !== 'method' || answerOf(rule) !== undefined;
    return this.#decide(rules, (rule) => (rule.byModel(model) && fits(rule) ? 'yes' : otherwise), answerOf);
  }

  /** Everything is over: what has not matched by now never will. @returns the rule that waited for that */
  end(): Decision {
    return this.#decide(this.#asked.all, () => 'no');
  }

  /** Asks rules in their order, up to one that fires, or that cannot be decided yet. */
  #decide(
    rules: readonly AskedRule[],
    judgeModel: (rule: CompiledRule) => Verdict,
    answerOf?: (rule: CompiledRule) => DecodedAnswer | undefined,
    from = 0,
  ): Decision {
    if (this.firing !== undefined) return undefined;
    this.isOpen = false;
    for (let at = from; at < rules.length; at++) {
      const asked = rules[at] as AskedRule; // in range
      if (this.#counted?.includes(asked)) continue;
      const verdict = this.#judge(asked, judgeModel);
      if (verdict === 'no') continue;
      if (verdict === 'later') {
        this.isOpen = true;
        return undefined;
      }
      const counted = asked.rule.counter.count();
      if (counted instanceof Promise)
        return counted.then(
          (number) => this.#fire(asked, number, answerOf) ?? this.#decide(rules, judgeModel, answerOf, at + 1),
        );
      const firing = this.#fire(asked, counted, answerOf);
      if (firing !== undefined) return firing;
    }
    return undefined;
  }

  /** @param number undefined: it was counted, and does not fire */
  #fire(
    asked: AskedRule,
    number: Counted,
    answerOf: ((rule: CompiledRule) => DecodedAnswer | undefined) | undefined,
  ): Firing | undefined {
    const { rule } = asked;
    if (number !== undefined) {
      this.firing = { id: rule.id, plan: rule.plan, number, answer: answerOf?.(rule), isDone: false };
      return this.firing;
    }
    this.#counted ??= [];
    this.#counted.push(asked);
    return undefined;
  }

  #judge({ rule, left }: AskedRule, judgeModel: (rule: CompiledRule) => Verdict): Verdict {
    if (left === 'model') return judgeModel(rule);
    return left === 'nothing' || rule.bySelectors(this.facts) ? 'yes' : 'no';
  }
}

/** Whether a rule is meant; `later` where it cannot be said yet. */
type Verdict = 'yes' | 'no' | 'later';
