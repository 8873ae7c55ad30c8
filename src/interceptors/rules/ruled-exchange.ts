import type { Cancellation } from '../../cim/contracts/cancellation.js';
import type { CimMethod } from '../../cim/model/cim-class.js';
import type { ExchangeFacts } from '../match/exchange-facts.js';
import type { CompiledRule } from './compile-rule.js';
import type { Firing } from './perform-plan.js';
import type { AskedRule } from './rule-list.js';

const NOTHING: ExchangeFacts = {};

/** What the rules make of one message, from its header to its answer. A class, since there is one for each. */
export class RuledExchange {
  /** Whoever waits for the answer. */
  readonly client: Cancellation;
  /** The rule that fired: one, at most. */
  firing: Firing | undefined = undefined;
  /** A rule may yet match, and others wait for it. */
  isOpen = false;
  facts: ExchangeFacts = NOTHING;
  /** Those that neither are out of the question nor have been counted. */
  #asked: readonly AskedRule[] = [];

  constructor(client: Cancellation) {
    this.client = client;
  }

  /** The header has been read. @returns the rule that fires by it */
  begin(asked: readonly AskedRule[], facts: ExchangeFacts): Firing | undefined {
    this.#asked = asked;
    this.facts = facts;
    return this.#decide(() => 'later');
  }

  /**
   * A CIM operation is about to be carried out.
   *
   * @param judge whether a rule that had to wait for it is meant
   * @param method of a call of one
   */
  goOn(judge: (rule: CompiledRule) => Verdict, method: CimMethod | undefined): Firing | undefined {
    return this.#decide(judge, method);
  }

  /** Everything is over: what has not matched by now never will. @returns the rule that waited for that */
  end(): Firing | undefined {
    return this.#decide(() => 'no');
  }

  /** Asks the rules in their order, up to one that fires, or that cannot be decided yet: each exchange is counted once. */
  #decide(judgeModel: (rule: CompiledRule) => Verdict, method?: CimMethod): Firing | undefined {
    if (this.firing !== undefined) return undefined;
    this.isOpen = false;
    let counted: AskedRule[] | undefined;
    for (const asked of this.#asked) {
      const verdict = this.#judge(asked, judgeModel);
      if (verdict === 'no') continue;
      if (verdict === 'later') {
        this.isOpen = true;
        break;
      }
      const { rule } = asked;
      if (rule.counter.count()) {
        this.firing = firingOf(rule, method);
        return this.firing;
      }
      counted ??= [];
      counted.push(asked);
    }
    if (counted !== undefined) this.#asked = this.#asked.filter((asked) => counted?.includes(asked) === false);
    return undefined;
  }

  #judge({ rule, left }: AskedRule, judgeModel: (rule: CompiledRule) => Verdict): Verdict {
    if (left === 'model') return judgeModel(rule);
    return left === 'nothing' || rule.bySelectors(this.facts) ? 'yes' : 'no';
  }
}

/** Whether a rule is meant; `later` where it cannot be said yet. */
type Verdict = 'yes' | 'no' | 'later';

function firingOf(rule: CompiledRule, method: CimMethod | undefined): Firing {
  const { id, plan, counter } = rule;
  return { id, plan, number: counter.fired, answer: method && rule.answerFor(method), isDone: false };
}
