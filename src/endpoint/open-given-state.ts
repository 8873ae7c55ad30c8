import type { State } from '../cim/contracts/state.js';
import type { Logger } from '../http/logger.js';
import { openMemoryState } from '../state/open-memory-state.js';
import { NO_STATE } from '../state/state-place.js';
import { createMemoryContextStore } from '../store/memory/memory-context-store.js';
import type { Closers } from './closers.js';
import type { StateOptions } from './options/state-options.js';

/** What a state needs to be opened. */
export interface StateParts {
  readonly logger: Logger;
  readonly closers: Closers;
  readonly mostBytes: () => number;
}

/** The state that somebody else has opened, or that is opened by its name; the latter is closed with the endpoint. */
export async function openGivenState(
  { store, state = NO_STATE }: StateOptions,
  { logger, closers, mostBytes }: StateParts,
): Promise<State> {
  if (store !== undefined) {
    const contexts = createMemoryContextStore();
    closers.add(() => contexts.close());
    return { ...openMemoryState(), store, contexts };
  }
  if (typeof state !== 'string') return state;
  const opened = state === NO_STATE ? openMemoryState({ mostBytes }) : await openDurable(state, logger);
  closers.add(() => opened.close());
  return opened;
}

/** Loaded only where there is one. */
async function openDurable(state: string, logger: Logger): Promise<State> {
  const { openState } = await import('../state/open-state.js');
  return openState(state, { logger });
}
