import type { Cancellation } from '../../cim/contracts/cancellation.js';
import type { CimMethod } from '../../cim/model/cim-class.js';
import type { WsmanOperation } from '../../wsman/wsman-operation.js';
import type { ExchangeFacts } from '../match/exchange-facts.js';
import type { CompiledRule, Verdict } from './compile-rule.js';
import { MessageFacts } from './exchange-facts-of.js';
import type { Firing } from './perform-plan.js';

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
  #rules: readonly CompiledRule[] = [];
  /** Those that matched, and did not fire: each exchange is counted once. */
  #counted: Set<CompiledRule> | undefined;

  constructor(client: Cancellation) {
    this.client = client;
  }

  /** The header has been read. @returns the rule that fires by it */
  begin(rules: readonly CompiledRule[], operation: WsmanOperation, user: string | undefined): Firing | undefined {
    this.#rules = rules;
    this.facts = new MessageFacts(operation, user);
    return this.decide((rule) => rule.atMessage(this.facts));
  }

  /** Everything is over: what has not matched by now never will. @returns the rule that waited for that */
  end(): Firing | undefined {
    return this.decide((rule) => (rule.atMessage(this.facts) === 'yes' ? 'yes' : 'no'));
  }

  /** Asks the rules in their order, up to one that fires, or that cannot be decided yet. */
  decide(judge: (rule: CompiledRule) => Verdict, method?: CimMethod): Firing | undefined {
    if (this.firing !== undefined) return undefined;
    this.isOpen = false;
    for (const rule of this.#rules) {
      if (this.#counted?.has(rule)) continue;
      const verdict = judge(rule);
      if (verdict === 'no') continue;
      if (verdict === 'later') {
        this.isOpen = true;
        return undefined;
      }
      if (rule.counter.count()) {
        this.firing = firingOf(rule, method);
        return this.firing;
      }
      this.#counted ??= new Set();
      this.#counted.add(rule);
    }
    return undefined;
  }
}

function firingOf(rule: CompiledRule, method: CimMethod | undefined): Firing {
  const { id, plan, counter } = rule;
  return { id, plan, number: counter.fired, answer: method && rule.answerFor(method), isDone: false };
}
