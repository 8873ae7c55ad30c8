import { otherRanges } from './ranges.js';
import { FALSE, TRUE, type Truth, UNKNOWN } from './truth.js';
import { rangesOfChain, type ValueRanges, withRanges } from './value-ranges.js';

/** Decides about a subject in steps, between which others may go on: for subjects that take long. */
export type Steps = Generator<void, Truth, void>;

/** A compiled condition. Each call decides about one subject, at once. */
export interface Condition<T> {
  (subject: T): Truth;
  /** The same in steps, one for each part. Absent where there is but one. */
  readonly inSteps?: (subject: T) => Steps;
  /** What it comes to where it asks of one property only where its value lies. */
  readonly ranges?: ValueRanges<T>;
}

/** Texts of more characters are judged in steps: with thousands of parts a condition takes milliseconds for a shorter one. */
const LONG_TEXT = 4096;

/** What a condition ends with that must decide at once, and meets a long text. */
const tooLong = new Error('a text is too long to decide at once');

let longest = Number.POSITIVE_INFINITY;

/** For whoever reads a text that a part of a condition looks at. */
export function noteLength(length: number): void {
  if (length > longest) throw tooLong;
}

/** Decides at once if that takes no longer than a few milliseconds; else gives the steps. */
export function decide<T>(condition: Condition<T>, subject: T): Truth | Steps {
  longest = LONG_TEXT;
  try {
    return condition(subject);
  } catch (error) {
    if (error !== tooLong) throw error;
    return stepsOf(condition, subject);
  } finally {
    longest = Number.POSITIVE_INFINITY;
  }
}

export function negation<T>(operand: Condition<T>): Condition<T> {
  const { ranges } = operand;
  const negated = withSteps<T>(
    (subject) => (TRUE - operand(subject)) as Truth,
    function* (subject) {
      return (TRUE - (yield* stepsOf(operand, subject))) as Truth;
    },
  );
  if (ranges === undefined) return negated;
  const { property, find } = ranges;
  return withRanges(negated, { property, find: () => otherRanges(find()) });
}

/** AND: the least of the truths. */
export function conjunction<T>(operands: readonly Condition<T>[]): Condition<T> {
  return chain('And', operands, FALSE);
}

/** OR: the greatest of the truths. */
export function disjunction<T>(operands: readonly Condition<T>[]): Condition<T> {
  return chain('Or', operands, TRUE);
}

/** @param end the truth that needs no look at the operands that follow */
function chain<T>(
  kind: 'And' | 'Or',
  operands: readonly Condition<T>[],
  end: typeof FALSE | typeof TRUE,
): Condition<T> {
  const [only, ...more] = operands;
  if (only !== undefined && more.length === 0) return only;
  const otherwise = end === TRUE ? FALSE : TRUE;
  const joined = withSteps<T>(
    (subject) => {
      let result: Truth = otherwise;
      for (const operand of operands) {
        const truth = operand(subject);
        if (truth === end) return end;
        if (truth === UNKNOWN) result = UNKNOWN;
      }
      return result;
    },
    function* (subject) {
      let result: Truth = otherwise;
      for (const operand of operands) {
        const truth = yield* stepsOf(operand, subject);
        if (truth === end) return end;
        if (truth === UNKNOWN) result = UNKNOWN;
      }
      return result;
    },
  );
  const ranges = rangesOfChain(kind, operands);
  return ranges === undefined ? joined : withRanges(joined, ranges);
}

/** A condition that can do both. */
export function withSteps<T>(atOnce: (subject: T) => Truth, inSteps: (subject: T) => Steps): Condition<T> {
  return Object.assign(atOnce, { inSteps });
}

function* stepsOf<T>(condition: Condition<T>, subject: T): Steps {
  yield;
  return condition.inSteps ? yield* condition.inSteps(subject) : condition(subject);
}
