import type { ExchangeFacts } from '../match/exchange-facts.js';
import { type AskedRule, AskedRules } from './asked-rules.js';
import type { CompiledRule } from './compile-rule.js';
import type { RuleState } from './rule.js';
import type { RuleCounter } from './rule-counter.js';

interface Entry {
  readonly compiled: CompiledRule;
  readonly state: RuleState;
}

/** Names of messages whose rules are remembered: those of a run of tests are few, and clients choose them. */
const REMEMBERED = 256;
const LONGEST = 1024;

/** The rules in the order in which they were added, and those that a message can be about, without a look at the others. */
export class RuleList {
  #entries: readonly Entry[] = [];
  #added = 0;
  /** How many had been added when the endpoint had started. */
  #addedAtStart = 0;
  /** By the names of a message. */
  readonly #remembered = new Map<string, AskedRules>();

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  get states(): readonly RuleState[] {
    return this.#entries.map(({ state }) => state);
  }

  has(id: string): boolean {
    return this.#entries.some(({ state }) => state.id === id);
  }

  get counters(): readonly RuleCounter[] {
    return this.#entries.map(({ compiled }) => compiled.counter);
  }

  counterOf(id: string): RuleCounter | undefined {
    return this.#entries.find(({ state }) => state.id === id)?.compiled.counter;
  }

  /** What the next rule is called that has no name of its own. */
  get nextId(): string {
    let number = this.#added + 1;
    while (this.has(`rule-${number}`)) number += 1;
    return `rule-${number}`;
  }

  add(compiled: CompiledRule, initial: boolean): RuleState {
    const state = stateOf(compiled, initial);
    this.#added += 1;
    if (initial) this.#addedAtStart = this.#added;
    this.#replace([...this.#entries, { compiled, state }]);
    return state;
  }

  remove(id: string): boolean {
    const isFound = this.has(id);
    if (isFound) this.#replace(this.#entries.filter(({ state }) => state.id !== id));
    return isFound;
  }

  /**
   * Only the rules of the start are left, as if they had just been added.
   *
   * @param isMeant of which rules this is so; of all when left out
   */
  reset(isMeant?: (rule: RuleState) => boolean): void {
    const meant = ({ state }: Entry) => isMeant === undefined || isMeant(state);
    this.#replace(this.#entries.filter((entry) => entry.state.initial || !meant(entry)));
    for (const entry of this.#entries) if (meant(entry)) entry.compiled.counter.reset();
    if (isMeant === undefined) this.#added = this.#addedAtStart;
  }

  /** Those that a message with these names can be about, in their order. */
  about(facts: ExchangeFacts): AskedRules {
    const { operation, method, class: className, namespace, user, host } = facts;
    const names = `${operation}\n${method}\n${className}\n${namespace}\n${user}\n${host}`;
    const known = this.#remembered.get(names);
    if (known !== undefined) return known;
    const asked = this.#entries.flatMap(({ compiled: rule }, place): AskedRule[] => {
      const left = rule.byNames(facts);
      return left === 'no' ? [] : [{ rule, left, place }];
    });
    const found = new AskedRules(asked);
    if (this.#remembered.size >= REMEMBERED) this.#remembered.clear();
    if (names.length <= LONGEST) this.#remembered.set(names, found);
    return found;
  }

  #replace(entries: readonly Entry[]): void {
    this.#entries = entries;
    this.#remembered.clear();
  }
}

/** The rule as it was given, with its name, and what becomes of it: read, it tells what is so now. */
function stateOf({ id, rule, counter }: CompiledRule, initial: boolean): RuleState {
  return {
    id,
    when: rule.when,
    then: rule.then,
    get matched() {
      return counter.matched;
    },
    get fired() {
      return counter.fired;
    },
    initial,
  };
}
