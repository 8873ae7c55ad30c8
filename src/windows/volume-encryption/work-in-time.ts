/** Work of known length, in milliseconds: how much of it was over when somebody last looked, and whether it goes on by itself. */
export interface WorkInTime {
  readonly total: number;
  readonly done: number;
  /** When so much was over, on the endpoint's clock, in milliseconds since 1970. */
  readonly since: number;
  readonly isRunning: boolean;
}

/** Work that has not begun, and goes on from now. */
export function begunWork(total: number, now: number): WorkInTime {
  return { total, done: 0, since: now, isRunning: true };
}

/** How much is over at a time, in milliseconds: never more than all. A clock that was set back takes nothing away. */
export function doneAt({ total, done, since, isRunning }: WorkInTime, now: number): number {
  return Math.min(total, done + (isRunning ? Math.max(0, now - since) : 0));
}

export function isOver(work: WorkInTime, now: number): boolean {
  return doneAt(work, now) >= work.total;
}

/** The same work, halted or going on from now. */
export function withRunning(work: WorkInTime, isRunning: boolean, now: number): WorkInTime {
  return { ...work, done: doneAt(work, now), since: now, isRunning };
}

/** What undoes as much as was done, at the same pace: what is left of it is what was over. */
export function reversed(work: WorkInTime, now: number): WorkInTime {
  return { total: work.total, done: work.total - doneAt(work, now), since: now, isRunning: true };
}

/** What part is over: a whole number of parts of `whole`. */
export function partDone(work: WorkInTime, now: number, whole: number): number {
  return work.total === 0 ? whole : Math.floor((doneAt(work, now) * whole) / work.total);
}
