import type { State } from '../cim/contracts/state.js';
import type { Logger } from '../http/logger.js';
import { OptionError } from '../options/option-error.js';
import { openState } from '../state/open-state.js';
import { statePlace } from '../state/state-place.js';

/**
 * Opens a state for a server of several processes, in the first of them; the others open it as shared.
 *
 * @param port on which others find this server, for the line that they get when they want the folder, too
 * @throws OptionError for one that processes cannot share; StateError
 */
export async function openSharedState(text: string, logger: Logger, port: number | undefined): Promise<State> {
  const place = statePlace(text);
  if (place.kind === 'memory')
    throw new OptionError(
      'workers: several processes serve one state, and there is none to share (with lab, schema or provider there is none unless it ' +
        'is named): give a folder or a database with --state, or do with --workers 1',
    );
  if (place.kind === 'postgres') return openState(text, { logger });
  // What is to be migrated or mended can only be by one that is alone.
  await (await openState(text, { logger })).close();
  const { lockLmdbState } = await import('../store/lmdb/open-parts.js');
  const lock = await lockLmdbState(place.directory, port);
  try {
    const state = await openState(text, { logger, isShared: true });
    return {
      ...state,
      async close() {
        await state.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
