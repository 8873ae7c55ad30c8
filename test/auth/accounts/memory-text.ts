import type { SharedText } from '../../../src/cim/contracts/shared-text.js';

/** A text that several stores of one process share, as endpoints share that of a database. `away`: it cannot be reached. */
export function createMemoryText(): SharedText & { away: boolean; text: string | undefined } {
  const listeners = new Set<() => void>();
  let version = 0;
  let current: string | undefined;
  async function reach(): Promise<void> {
    await new Promise(setImmediate);
    if (shared.away) throw new Error('the database does not answer');
  }
  const shared = {
    place: 'memory',
    away: false,
    get text() {
      return current;
    },
    set text(text) {
      current = text;
      version += 1;
      for (const listener of listeners) listener();
    },
    async read() {
      await reach();
      return { version, text: current };
    },
    async replace(expected: number, text: string) {
      await reach();
      if (expected !== version) return false;
      shared.text = text;
      return true;
    },
    onChange(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return shared;
}
