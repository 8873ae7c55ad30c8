import { join } from 'node:path';
import type { State } from '../cim/contracts/state.js';
import { StateError } from '../cim/contracts/state-error.js';
import type { EndpointOptions } from './options/endpoint-options.js';

/** What was kept of a state that was replaced. */
export interface ReplacedState {
  /** The file of its backup (docs/state.md); absent for a state in memory, of which none is kept. */
  readonly backup?: string;
}

/**
 * Does what replaces all of a state, when it may be done, and keeps a backup first.
 *
 * @throws StateError when it may not be done, or no backup can be kept: nothing is changed then
 */
export type ReplaceGuard = (what: 'reset' | 'restore', work: () => Promise<void>) => Promise<ReplacedState>;

/** Where backups lie within a folder of a state, and within a data directory for the states of databases. */
const FOLDER = 'backups';

export function createReplaceGuard(state: State, { allowReset = false, dataDir }: EndpointOptions): ReplaceGuard {
  let last: Promise<unknown> = Promise.resolve();

  async function replace(what: 'reset' | 'restore', work: () => Promise<void>): Promise<ReplacedState> {
    if (state.kind === 'memory') {
      await work();
      return {};
    }
    if (state.kind === 'postgres' && !allowReset)
      throw new StateError(
        `${state.place} is a database, which others may have as well: a server that is started with --allow-reset takes it back`,
      );
    const { keepBackup } = await import('../state/backup/keep-backup.js');
    const backup = await keepBackup(state, folderOf(state, dataDir), what);
    await work();
    return { backup };
  }

  // Of two at the same time the second keeps what the first has made.
  return (what, work) => {
    const replaced = last.then(() => replace(what, work));
    last = replaced.catch(() => undefined);
    return replaced;
  };
}

function folderOf({ kind, place }: State, dataDir: string | undefined): string {
  if (kind === 'lmdb') return join(place, FOLDER);
  if (dataDir !== undefined) return join(dataDir, FOLDER);
  throw new StateError('nothing was changed, because there is no folder for a backup: give one with --data-dir');
}
