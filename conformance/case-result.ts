import type { Case } from './case.js';

export type Outcome = 'pass' | 'fail' | 'unsupported' | 'skipped';

/** How a case ended. */
export interface CaseResult {
  readonly case: Case;
  readonly outcome: Outcome;
  /** What went wrong, what the server said, or what is missing. */
  readonly reason: string | undefined;
}
