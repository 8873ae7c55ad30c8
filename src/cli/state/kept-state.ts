import { readdir } from 'node:fs/promises';
import type { State } from '../../cim/contracts/state.js';
import type { EffectiveSettings } from '../../config/effective-settings.js';
import { givenStateOf } from '../../config/state-options-of.js';
import { createLogger } from '../../http/create-logger.js';
import { statePlace } from '../../state/state-place.js';
import { stateFolder } from '../data-directory.js';
import { UsageError } from '../exit-with-error.js';

/** What a command means that keeps something. */
export interface KeptPlace {
  readonly text: string;
  readonly kind: 'lmdb' | 'postgres';
  /** Undefined: a database. */
  readonly directory: string | undefined;
}

/**
 * The state that a `serve` with these settings has; with a lab or schema, too.
 *
 * @throws OptionError; UsageError where it keeps none
 */
export function keptPlace(settings: EffectiveSettings): KeptPlace {
  const { dataDir } = settings.values;
  const given = givenStateOf(settings) ?? (dataDir === 'none' ? 'none' : stateFolder(dataDir));
  const place = statePlace(given);
  if (place.kind === 'memory')
    throw new UsageError(`there is no state: 'none' keeps nothing; name a folder or a database with --state`);
  return { text: given, kind: place.kind, directory: place.kind === 'lmdb' ? place.directory : undefined };
}

/**
 * Opens it, does the work, and closes it again.
 *
 * @param isNew it need not be there yet
 * @throws UsageError, StateError
 */
export async function withState<T>(
  { text, directory }: KeptPlace,
  settings: EffectiveSettings,
  work: (state: State) => Promise<T>,
  isNew = false,
): Promise<T> {
  if (directory !== undefined && !isNew) await requireFolder(directory);
  const { openState } = await import('../../state/open-state.js');
  const { logLevel, logFormat } = settings.values;
  const state = await openState(text, { logger: createLogger(logLevel, logFormat) });
  try {
    return await work(state);
  } finally {
    await state.close();
  }
}

/** To make one would only hide a slip of the pen. */
async function requireFolder(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  if (names.length === 0)
    throw new UsageError(`there is no state in ${directory}; 'cimulator serve --state ${directory}' makes one`);
}
