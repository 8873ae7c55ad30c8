import type { State } from '../cim/contracts/state.js';
import { createMemoryContextStore } from '../store/memory/memory-context-store.js';
import { createMemoryStore, type MemoryStoreOptions } from '../store/memory/memory-store.js';

/** A state in this process's memory: it is gone with the process. */
export function openMemoryState(options: MemoryStoreOptions = {}): State {
  const store = createMemoryStore(options);
  const contexts = createMemoryContextStore();
  const notes = new Map<string, string>();
  return {
    kind: 'memory',
    place: 'none',
    isShared: false,
    store,
    contexts,
    notes: {
      get: async (name) => notes.get(name),
      put: async (name, text) => void notes.set(name, text),
    },
    problem: () => undefined,
    async close() {
      await contexts.close();
      await store.close();
    },
  };
}
