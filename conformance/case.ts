import type { Answer } from './answer.js';
import type { Message } from './message.js';
import type { RequirementId } from './requirements.js';
import type { Target } from './target.js';

/** Texts that earlier steps of a case took from answers. */
export type Memory = Record<string, string>;

/** A message and its answer, with what was known when it was sent. */
export interface Exchange {
  readonly target: Target;
  readonly sent: Message;
  readonly answer: Answer;
  readonly memory: Memory;
}

export interface Expectation {
  /** What is expected, as a phrase. */
  readonly says: string;
  /** What is wrong, or undefined when all is well. */
  readonly check: (exchange: Exchange) => string | undefined;
}

export interface Step {
  readonly send: (target: Target, memory: Memory) => Message;
  readonly expect: readonly Expectation[];
  /** Names for texts of the answer, each with the path where it stands. */
  readonly remember?: Readonly<Record<string, string>>;
}

/** One protocol test. */
export interface Case {
  /** Unique sentence. */
  readonly name: string;
  /** The requirements that it proves. */
  readonly verifies: readonly RequirementId[];
  /** `lab`: only against the default lab; `instance`: needs a known instance; `method`: needs a method without parameters. */
  readonly needs?: 'lab' | 'instance' | 'method';
  /** The specifications leave the feature to the server: a fault that says so is no failure. */
  readonly optional?: boolean;
  readonly steps: readonly Step[];
  /** Runs whatever became of the steps; what it answers is not looked at. */
  readonly cleanUp?: (target: Target, memory: Memory) => Message | undefined;
}
