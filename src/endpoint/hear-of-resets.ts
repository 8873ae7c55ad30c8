import type { InstanceStore } from '../cim/contracts/instance-store.js';
import type { Closers } from './closers.js';

/** Follows others that have the store, too: when one of them has set the model back, what is remembered of it here ends as well. */
export function hearOfResets(store: InstanceStore, closers: Closers, wentBack: () => void): void {
  const unlisten = store.onCleared?.(wentBack);
  if (unlisten) closers.add(unlisten);
}
