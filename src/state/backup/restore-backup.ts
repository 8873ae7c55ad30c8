import type { State } from '../../cim/contracts/state.js';
import { originNote, writeOrigin } from '../state-origin.js';
import type { Backup } from './read-backup.js';

/**
 * Puts what a backup has in the place of all that a state has, in one step; what clients had begun is gone. Nobody else has the state, and it
 * is closed afterwards.
 */
export async function restoreBackup({ store, notes, contexts, upkeep }: State, backup: Backup): Promise<void> {
  if (upkeep?.replaceAll) {
    await upkeep.replaceAll(backup.batches(), originNote(backup.origin));
    return contexts.clear();
  }
  await store.transaction(async (transaction) => {
    await transaction.claim();
    await transaction.clear();
    for await (const batch of backup.batches()) await transaction.putMany(batch);
    await writeOrigin(notes, backup.origin);
  });
  await contexts.clear();
}
