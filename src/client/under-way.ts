/** Work that nobody waits for as it is begun, but that is not to be cut off either. */
export interface UnderWay {
  /** It must not fail. */
  add(work: Promise<void>): void;
  /** Waits until there is none, or for as long as is given, in milliseconds. */
  settle(atMostMs: number): Promise<void>;
}

export function createUnderWay(): UnderWay {
  const all = new Set<Promise<void>>();
  return {
    add(work) {
      const tracked = work.finally(() => all.delete(tracked));
      all.add(tracked);
    },
    async settle(atMostMs) {
      if (all.size === 0) return;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, atMostMs);
      });
      await Promise.race([Promise.all(all), late]);
      clearTimeout(timer);
    },
  };
}
