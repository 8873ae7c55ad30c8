/**
 * Says whether an operation is still wanted. It is what an `AbortController` is, at a hundredth of its cost: the signal
 * is made only when somebody asks for it, and nearly no operation lives long enough to be cancelled.
 */
export class Cancellation {
  #reason: Error | undefined;
  #controller: AbortController | undefined;
  /** Those of the work that is being waited for. A set, since there may be much work in the life of one cancellation. */
  #stop: Set<(reason: Error) => void> | undefined;

  get aborted(): boolean {
    return this.#reason !== undefined;
  }

  /** The same news as a standard signal, for whatever takes one. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#reason !== undefined) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** The first reason stands. */
  abort(reason: Error): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#controller?.abort(reason);
    for (const stop of this.#stop ?? []) stop(reason);
  }

  /**
   * Waits for work no longer than the operation is wanted: work that takes no notice of the signal is left to itself. Of
   * work that has ended nothing is kept.
   *
   * @throws the reason, once there is one
   */
  race<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#reason !== undefined) {
        work.then(resolve, reject);
        reject(this.#reason);
        return;
      }
      this.#stop ??= new Set();
      const waiting = this.#stop.add(reject);
      work.then(
        (value) => {
          waiting.delete(reject);
          resolve(value);
        },
        (error: unknown) => {
          waiting.delete(reject);
          reject(error);
        },
      );
    });
  }

  /** @throws the reason, once there is one */
  throwIfAborted(): void {
    if (this.#reason !== undefined) throw this.#reason;
  }
}
