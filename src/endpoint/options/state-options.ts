import type { InstanceStore } from '../../cim/contracts/instance-store.js';
import type { State } from '../../cim/contracts/state.js';
import { flag, type MemberChecks, type OptionCheck, withMethods } from '../../options/option-checks.js';
import { OptionError } from '../../options/option-error.js';
import { statePlace } from '../../state/state-place.js';

/** Where instances live, and what clients have begun (docs/state.md). */
export interface StateOptions {
  /**
   * A folder, the URL of a PostgreSQL database, or `none`, the default: gone with the process. Or a state that was opened; whoever opened it
   * closes it, once the endpoint is closed.
   */
  readonly state?: string | State;
  /** Whether a database may be reset, and taken back to a snapshot: others may have it as well. Default false. */
  readonly allowReset?: boolean;
  /**
   * Where the instances live. Whoever opened it closes it, once the endpoint is closed. Default: as `state` says.
   */
  readonly store?: InstanceStore;
}

const checkOpened = withMethods('problem', 'close');

const checkState: OptionCheck = (name, value) => {
  if (typeof value !== 'string') return checkOpened(name, value);
  try {
    statePlace(value);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    throw new OptionError(`${name}: ${error.message}`);
  }
};

export const stateChecks: MemberChecks<StateOptions> = {
  state: checkState,
  allowReset: flag,
  store: withMethods('transaction', 'get', 'close'),
};
