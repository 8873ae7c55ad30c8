import type { InstanceStore } from '../cim/contracts/instance-store.js';
import type { Closers } from './closers.js';

/** Follows others that have the store, too: when one of them has set the model back, what is remembered of it here ends as well. */
export async function hearOfResets(store: InstanceStore, closers: Closers, wentBack: () => void): Promise<void> {
  const unlisten = store.onCleared?.(wentBack);
  if (unlisten === undefined) return;
  closers.add(unlisten);
  // What is known from here on is what a reset comes after. Whoever needs the store is told when it cannot be reached.
  await store.version().catch(() => undefined);
}
