import type { StateOptions } from '../endpoint/options/state-options.js';
import { OptionError } from '../options/option-error.js';
import { hasPassword, statePlace } from '../state/state-place.js';
import { calledBy, type EffectiveSettings } from './effective-settings.js';

/**
 * Which state an endpoint is to have, and whether it may be taken back.
 *
 * @throws OptionError
 */
export function stateOptionsOf(settings: EffectiveSettings): StateOptions {
  const state = givenStateOf(settings);
  return { ...(state !== undefined && { state }), allowReset: settings.values.allowReset };
}

/**
 * The state that was asked for; undefined when none was.
 *
 * @throws OptionError for a text that means none, and for a password on the command line; it quotes neither
 */
export function givenStateOf(settings: EffectiveSettings): string | undefined {
  const { state } = settings.values;
  if (state === undefined) return undefined;
  if (settings.originOf('state').from === 'flag' && hasPassword(state))
    throw new OptionError(
      '--state: everybody on this machine can read a password on the command line: set CIMULATOR_STATE, write it into cimulator.yaml, or leave the password out and let PGPASSFILE name the file that has it',
    );
  try {
    statePlace(state);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    throw new OptionError(`${calledBy(settings, 'state')}: ${error.message}`);
  }
  return state;
}
