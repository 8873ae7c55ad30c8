import type { State } from '../../src/cim/contracts/state.js';
import { openMemoryState } from '../../src/state/open-memory-state.js';

/** A state that stays as it is when an endpoint ends, without a disk. */
export function keptState(given: Partial<State> = {}): State {
  return { ...openMemoryState(), kind: 'lmdb', place: '/nowhere', ...given, close: async () => {} };
}
