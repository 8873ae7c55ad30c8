import type { RuleCondition } from './rule.js';
import { seededFraction } from './seeded-fraction.js';

/** What the counting members of a condition depend on. */
export interface CounterContext {
  /** The endpoint's time of day, in milliseconds since 1970. */
  now(): number;
  readonly seed: number | undefined;
  /** Undefined: this process counts for all rules; otherwise for those that do not depend on what others have counted. */
  readonly countElsewhere?: CountElsewhere | undefined;
}

/** Milliseconds since a rule was added; undefined: always. */
export type Span = readonly [from: number, to: number] | undefined;

/** Which firing of a rule it is, from 1; undefined when it does not fire. */
export type Counted = number | undefined;

/** Counts matches of the rule with an id in another process, for all that have the same rules. */
export type CountElsewhere = (id: string) => Promise<Counted>;

/** What of a rule was counted. */
export interface RuleCounts {
  readonly id: string;
  readonly matched: number;
  readonly fired: number;
}

/** Counts what a rule matches, and says which match it fires at. */
export class RuleCounter {
  matched = 0;
  fired = 0;
  readonly #id: string;
  readonly #when: RuleCondition;
  readonly #nth: ReadonlySet<number> | undefined;
  readonly #span: Span;
  readonly #context: CounterContext;
  #since: number;

  constructor(id: string, when: RuleCondition, span: Span, context: CounterContext) {
    this.#id = id;
    this.#when = when;
    this.#nth = when.nth === undefined ? undefined : new Set([when.nth].flat());
    this.#span = span;
    this.#context = context;
    this.#since = context.now();
  }

  /** Counts a match. When the rule fires at it, that is counted, too. */
  count(): Counted | Promise<Counted> {
    if (this.#dependsOnCounts) return this.#context.countElsewhere?.(this.#id) ?? this.countHere();
    return this.countHere();
  }

  /** What was counted elsewhere. */
  add({ matched, fired }: RuleCounts): void {
    this.matched += matched;
    this.fired += fired;
  }

  /** What was counted here since it was taken last. */
  take(): RuleCounts {
    const { matched, fired } = this;
    this.matched = 0;
    this.fired = 0;
    return { id: this.#id, matched, fired };
  }

  countHere(): Counted {
    this.matched += 1;
    if (!this.#fires()) return undefined;
    this.fired += 1;
    return this.fired;
  }

  /** Begins again, as if the rule were added now. */
  reset(): void {
    this.matched = 0;
    this.fired = 0;
    this.#since = this.#context.now();
  }

  /** Whether and how it fires says which match it is: by its counts and its age, or by what a seed draws for it. */
  get #dependsOnCounts(): boolean {
    const { nth, after, times } = this.#when;
    const counting = nth ?? after ?? times ?? this.#span ?? this.#context.seed;
    return counting !== undefined;
  }

  #fires(): boolean {
    const { after = 0, times = Number.POSITIVE_INFINITY, probability = 1 } = this.#when;
    if (this.matched <= after || this.fired >= times || this.#nth?.has(this.matched) === false) return false;
    if (!this.#isInSpan()) return false;
    return (
      probability >= 1 || seededFraction(this.#context.seed, `${this.#id}:probability`, this.matched) < probability
    );
  }

  #isInSpan(): boolean {
    if (this.#span === undefined) return true;
    const elapsed = this.#context.now() - this.#since;
    return elapsed >= this.#span[0] && elapsed <= this.#span[1];
  }
}
