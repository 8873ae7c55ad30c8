import { foldName } from '../../cim/model/name-map.js';
import type { WsmanOperation, WsmanOperationName } from '../../wsman/wsman-operation.js';
import type { CompiledRule } from './compile-rule.js';
import type { RuleState } from './rule.js';

interface Entry {
  readonly compiled: CompiledRule;
  readonly state: RuleState;
}

/** The rules in the order in which they were added, and those that a message can be about, without a look at the others. */
export class RuleList {
  #entries: readonly Entry[] = [];
  #added = 0;
  /** How many had been added when the endpoint had started. */
  #addedAtStart = 0;
  /** Names of methods in rules: clients do not choose how many lists there are. */
  #methods: ReadonlySet<string> = new Set();
  /** By operation and, of an Invoke, method. */
  readonly #about = new Map<string, readonly CompiledRule[]>();

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  get states(): readonly RuleState[] {
    return this.#entries.map(({ state }) => state);
  }

  has(id: string): boolean {
    return this.#entries.some(({ state }) => state.id === id);
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

  /** Only the rules of the start are left, as if they had just been added. */
  reset(): void {
    this.#replace(this.#entries.filter(({ state }) => state.initial));
    for (const { compiled } of this.#entries) compiled.counter.reset();
    this.#added = this.#addedAtStart;
  }

  /** Those that a message can be about, in their order. */
  about({ name, method }: WsmanOperation): readonly CompiledRule[] {
    const folded = method === undefined ? '' : foldName(method);
    const key = this.#methods.has(folded) ? `${name} ${folded}` : name;
    let found = this.#about.get(key);
    if (found === undefined) {
      found = this.#entries.map(({ compiled }) => compiled).filter((rule) => isAbout(rule, name, folded));
      this.#about.set(key, found);
    }
    return found;
  }

  #replace(entries: readonly Entry[]): void {
    this.#entries = entries;
    this.#about.clear();
    this.#methods = new Set(entries.map(({ compiled }) => foldName(compiled.rule.when.method ?? '')));
  }
}

function isAbout({ wsman, rule }: CompiledRule, name: WsmanOperationName, foldedMethod: string): boolean {
  const { method } = rule.when;
  return wsman.has(name) && (method === undefined || foldName(method) === foldedMethod);
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
