import type { State } from '../cim/contracts/state.js';
import type { Logger } from '../http/logger.js';
import { openMemoryState } from './open-memory-state.js';
import { statePlace } from './state-place.js';

export interface OpenStateOptions {
  readonly logger: Logger;
  /** Of a folder: other processes of this machine may have it at the same time. A database is shared in any case. */
  readonly isShared?: boolean | undefined;
  /** Of memory: bytes that the instances may take. */
  readonly mostBytes?: (() => number) | undefined;
}

/**
 * Opens what a text means: `none`, a folder, or the URL of a database. Only what is opened is loaded.
 *
 * @throws OptionError for a text that means nothing; StateError for a state that cannot be opened
 */
export async function openState(
  text: string,
  { logger, isShared = false, mostBytes }: OpenStateOptions,
): Promise<State> {
  const place = statePlace(text);
  if (place.kind === 'memory') return openMemoryState(mostBytes && { mostBytes });
  if (place.kind === 'lmdb') {
    const { openLmdbState } = await import('../store/lmdb/open-lmdb-state.js');
    return openLmdbState({ directory: place.directory, logger, isShared });
  }
  const { openPostgresState } = await import('../store/postgres/open-postgres-state.js');
  return openPostgresState({ url: place.url, logger });
}
