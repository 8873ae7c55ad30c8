import type { Namespaces } from '../cim/contracts/namespaces.js';
import type { State } from '../cim/contracts/state.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { type SeedNamespaces, seed } from '../cim/seed.js';
import { checkOriginOf } from './check-origin.js';
import { type StateOrigin, writeOrigin } from './state-origin.js';

/**
 * Gives a state that has nothing in it the lab, and what it was made from; of several endpoints that start at once on the same state one does.
 * A state that was found is looked at, whether it goes with the lab.
 *
 * @returns whether there was one
 * @throws StateError for one of another lab or schema
 */
export async function applyLab(
  state: State,
  origin: StateOrigin,
  instances: readonly CimInstance[],
  namespaces: Namespaces,
  tree: SeedNamespaces,
): Promise<boolean> {
  const found = await seed(state.store, instances, tree, {
    async begin(transaction) {
      // Nobody else begins from here on. When this process ends before the instances are kept, there is no state, and the note counts for nothing.
      await transaction.claim();
      await writeOrigin(state.notes, origin);
    },
    found: () => checkOriginOf(state, origin, namespaces),
  });
  return found !== undefined;
}
