import type { State, StateUpkeep } from '../../cim/contracts/state.js';
import { createDurableStore } from '../durable/durable-store.js';
import { type LmdbStateOptions, openLmdbParts } from './open-parts.js';

/** A state in a folder, with what its commands do besides. */
export interface LmdbState extends State {
  readonly kind: 'lmdb';
  readonly upkeep: StateUpkeep;
  /** Writes everything of one moment but contexts into a file that is not there yet, while others go on. */
  copyTo(file: string): Promise<void>;
}

/**
 * Opens the state in a folder; of an older format it is migrated, unless it is shared.
 *
 * @throws StateError that says what is in the way
 */
export async function openLmdbState(options: LmdbStateOptions): Promise<LmdbState> {
  const { backend, contexts, notes, sharedCounts, problem, upkeep, copyTo, close } = await openLmdbParts(options);
  const store = createDurableStore(backend);
  let closing: Promise<void> | undefined;
  return {
    kind: 'lmdb',
    place: options.directory,
    isShared: options.isShared,
    store,
    contexts,
    notes,
    ...(sharedCounts && { sharedCounts }),
    problem,
    upkeep,
    copyTo,
    close: () => {
      closing ??= store.close().then(close);
      return closing;
    },
  };
}
