/** How many items may still be sent. */
export interface Credit {
  /** Takes one, or waits until there is one. @returns undefined when there was one */
  take(): Promise<void> | undefined;
  /** Allows further items. */
  give(count: number): void;
}

/** @param window how many at first */
export function createCredit(window: number): Credit {
  let left = window;
  let wake: (() => void) | undefined;
  return {
    take() {
      if (left > 0) {
        left--;
        return undefined;
      }
      return new Promise((resolve) => {
        wake = () => {
          left--;
          resolve();
        };
      });
    },
    give(count) {
      left += count;
      const woken = wake;
      wake = undefined;
      woken?.();
    },
  };
}
