/** A queue is full: the work was not started and will not be. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError';
}

export interface WorkQueueLimits {
  /** Jobs that run at the same time. */
  readonly running: number;
  /** Jobs that may wait; one more is refused. */
  readonly waiting: number;
}

/** Runs jobs in order, a bounded number at a time, with a bounded number waiting. */
export interface WorkQueue {
  /** @throws QueueFullError (as a rejection) at once when as many jobs wait as may */
  run<T>(job: () => Promise<T>): Promise<T>;
}

export function createWorkQueue(limits: WorkQueueLimits): WorkQueue {
  let running = 0;
  const waiting: (() => void)[] = [];

  function release(): void {
    const next = waiting.shift();
    // The slot passes straight to the next job, so no newcomer can slip in before it.
    if (next === undefined) running--;
    else next();
  }

  return {
    async run(job) {
      if (running < limits.running) running++;
      else if (waiting.length < limits.waiting) await new Promise<void>((resolve) => waiting.push(resolve));
      else throw new QueueFullError(`${limits.waiting} jobs are waiting already`);
      try {
        return await job();
      } finally {
        release();
      }
    },
  };
}
