import type { ContextStore } from '../cim/contracts/context-store.js';
import type { InstanceTransaction } from '../cim/contracts/instance-store.js';
import type { Namespaces } from '../cim/contracts/namespaces.js';
import type { ServedNamespace } from '../cim/create-handler.js';
import type { ModelContent } from '../lab/snapshot.js';
import type { OpenStore } from './open-store.js';
import type { Resets } from './resets.js';
import type { TestKit } from './test-kit.js';

/** What a model and its state consist of. */
export interface StateParts extends OpenStore {
  readonly namespaces: Namespaces<ServedNamespace>;
  readonly contexts: Pick<ContextStore, 'clear'>;
  readonly epoch: { current: number };
  /** Ends the jobs of providers, and tells them. */
  resetProviders(): void;
  readonly resets: Pick<Resets, 'tell'>;
}

/** Sets the model back: to its start, or to what it was when a snapshot was taken. */
export function openState(parts: StateParts): Pick<TestKit, 'reset' | 'snapshot' | 'restore'> {
  const { store, newUuid, namespaces, first, resets } = parts;
  const start: ModelContent = { instances: first, names: newUuid.position() };
  return {
    async reset() {
      await goBack(parts, start);
      resets.tell();
    },
    async snapshot() {
      const { takeSnapshot } = await import('../lab/snapshot.js');
      // The store's answer is of the moment in which it is asked.
      const instances = store.all();
      const names = newUuid.position();
      return takeSnapshot({ instances: await instances, names }, namespaces);
    },
    async restore(snapshot) {
      const { readSnapshot } = await import('../lab/snapshot.js');
      await goBack(parts, readSnapshot(snapshot, namespaces));
    },
  };
}

/**
 * One step for everybody who asks the model: a call under way runs again on the new state, ends as a conflict, or has ended before. Clients
 * cannot go on with what they had begun.
 */
async function goBack({ store, newUuid, beyondBound, contexts, epoch, resetProviders }: StateParts, to: ModelContent) {
  const replace = async (transaction: InstanceTransaction) => {
    await transaction.clear();
    await transaction.putMany(to.instances);
    newUuid.goTo(to.names);
    epoch.current += 1;
  };
  await beyondBound(() => store.transaction(replace, { id: 'reset', user: undefined }));
  // Whoever began between the two cannot have seen the new state alone.
  epoch.current += 1;
  resetProviders();
  await contexts.clear();
}
