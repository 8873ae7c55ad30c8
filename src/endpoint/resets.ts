/** What an ability does to begin again. It comes after the model has gone back to its start, and before `reset()` ends. */
export type ResetListener = () => void;

/** Who else begins again when an endpoint is reset: each ability with a state of its own adds itself when it is opened. */
export interface Resets {
  onReset(listener: ResetListener): void;
  /** Tells all of them, in the order in which they were added. */
  tell(): void;
}

export function createResets(): Resets {
  const listeners: ResetListener[] = [];
  return {
    onReset: (listener) => void listeners.push(listener),
    tell() {
      for (const listener of listeners) listener();
    },
  };
}
