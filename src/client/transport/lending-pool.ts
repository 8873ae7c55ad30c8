/** Things of which there are only so many, lent to one borrower at a time, in the order in which they ask. */
export interface LendingPool<T> {
  /**
   * Lends a free one, the one used last first; a new one while there are fewer than the limit; otherwise the next that comes back.
   *
   * @throws the signal's reason when it is aborted first; whatever the pool was closed with
   */
  borrow(signal: AbortSignal): Promise<T>;
  /** Takes one back; one that is not `reusable` is forgotten, and makes room for a new one. */
  giveBack(item: T, reusable: boolean): void;
  /** Refuses all who wait and all who come. @returns everything there is, lent or not */
  close(reason: Error): readonly T[];
}

/**
 * @param make a new one; nothing is done with it but lending
 * @param isUsable whether a free one still is; those that are not are forgotten
 */
export function createLendingPool<T>(limit: number, make: () => T, isUsable: (item: T) => boolean): LendingPool<T> {
  const all = new Set<T>();
  const waiting: { resolve(item: T): void; reject(reason: unknown): void }[] = [];
  let free: T[] = [];
  let closed: Error | undefined;

  function findFree(): T | undefined {
    for (const item of free.filter((one) => !isUsable(one))) all.delete(item);
    free = free.filter(isUsable);
    const item = free.pop();
    if (item !== undefined || all.size >= limit) return item;
    const made = make();
    all.add(made);
    return made;
  }

  return {
    async borrow(signal) {
      signal.throwIfAborted();
      if (closed) throw closed;
      const item = waiting.length === 0 ? findFree() : undefined;
      if (item !== undefined) return item;
      return new Promise<T>((resolve, reject) => {
        const place = { resolve, reject };
        waiting.push(place);
        signal.addEventListener(
          'abort',
          () => {
            const at = waiting.indexOf(place);
            if (at >= 0) waiting.splice(at, 1);
            reject(signal.reason);
          },
          { once: true },
        );
      });
    },

    giveBack(item, reusable) {
      if (reusable) free.push(item);
      else all.delete(item);
      if (waiting.length === 0) return;
      const next = findFree();
      if (next !== undefined) waiting.shift()?.resolve(next);
    },

    close(reason) {
      closed = reason;
      for (const { reject } of waiting.splice(0)) reject(reason);
      return [...all];
    },
  };
}
