import type { Turns } from '../parts/turns.js';
import type { Committed } from './committed.js';
import type { GroupCommit } from './group-commit.js';
import type { Precedence } from './precedence.js';
import type { Tip } from './tip.js';

/** What all transactions of a store work on. */
export interface DurableLayers {
  readonly committed: Committed;
  readonly group: GroupCommit;
  readonly tip: Tip;
  readonly turns: Turns;
  /** Of a backend that other processes have, too. */
  readonly precedence: Precedence | undefined;
  /** For how long one who wants to claim waits for others, in other processes, too. */
  readonly claimMs: number;
}
