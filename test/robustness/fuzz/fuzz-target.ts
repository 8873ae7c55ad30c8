import type { Material } from './mutate.js';

/** Whether what was fuzzed took an input, or refused it in the way that it should. */
export type Verdict = 'taken' | 'refused';

/** Something that must bear any input. */
export interface FuzzTarget extends Material {
  /** @throws whatever is no documented refusal, and an error that says what else is wrong */
  run(input: Buffer): Verdict | Promise<Verdict>;
  /** How many inputs may be under way at once; 1 when undefined. */
  readonly parallel?: number;
  close?(): Promise<void>;
}

/**
 * Decodes, and lets pass what may be thrown at somebody who sent something wrong.
 *
 * @returns undefined when it was refused
 */
export function unlessRefused<T>(
  refusals: readonly (new (...args: never[]) => Error)[],
  decode: () => T,
): T | undefined {
  try {
    return decode();
  } catch (error) {
    if (refusals.some((refusal) => error instanceof refusal)) return undefined;
    throw error;
  }
}
