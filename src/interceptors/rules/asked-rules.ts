import type { ExchangeFacts } from '../match/exchange-facts.js';
import type { CompiledRule, Left } from './compile-rule.js';
import { ValueIndex } from './value-index.js';

/** A rule that a message can be about, and what is left to be looked at. */
export interface AskedRule {
  readonly rule: CompiledRule;
  readonly left: Exclude<Left, 'no'>;
  /** Among all that the message can be about, in the order in which they were added. */
  readonly place: number;
}

/** The rules that messages of some names can be about: made once for all of them. */
export class AskedRules {
  readonly all: readonly AskedRule[];
  readonly #byHeader: ValueIndex;
  readonly #byModel: ValueIndex;
  /** The first that the header cannot decide: later ones wait for it. */
  readonly #waiting: readonly AskedRule[];

  constructor(rules: readonly AskedRule[]) {
    const ofModel = rules.filter(({ left }) => left === 'model');
    this.all = rules;
    this.#byHeader = new ValueIndex(rules.filter(({ left }) => left !== 'model'));
    this.#byModel = new ValueIndex(ofModel);
    this.#waiting = ofModel.slice(0, 1);
  }

  /** Those that the header may decide, and the first that it cannot. @param message its facts */
  atHeader(message: ExchangeFacts): readonly AskedRule[] {
    return merged(this.#byHeader.find(message), this.#waiting);
  }

  /** Those that may match what is about to be carried out, which nothing comes after. */
  atModel(message: ExchangeFacts, model: ExchangeFacts): readonly AskedRule[] {
    return merged(this.#byHeader.find(message), this.#byModel.find(model));
  }
}

function merged(some: readonly AskedRule[], others: readonly AskedRule[]): readonly AskedRule[] {
  if (some.length === 0) return others;
  return others.length === 0 ? some : [...some, ...others].sort((one, other) => one.place - other.place);
}
