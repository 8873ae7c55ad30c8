import { type EventLoopUtilization, performance } from 'node:perf_hooks';

/** Which thread waits until what is committed is certain to be on the disk. */
export interface Pace {
  /** The one that asks. */
  readonly isHere: boolean;
  /** Runs what waits for the disk on this thread. */
  here<T>(wait: () => T): T;
  /** Runs what another thread does meanwhile. */
  elsewhere<T>(wait: () => Promise<T>): Promise<T>;
}

/** A disk that takes longer on average is one for which others had better not wait. */
const MOST_MS = 2;
/** Of how many waits, about. */
const OF_SO_MANY = 8;
/** A slow disk holds up others for one part in so many of the time at most. */
const REST = 50;
/** Part of a commit elsewhere in which this thread did something: with more, others are served meanwhile. */
const MOST_UTILIZATION = 0.5;

export interface DiskPaceOptions {
  /** Milliseconds on a clock that only goes forward. */
  now?(): number;
  /** Since a time in the past, or what is now. */
  utilization?(since?: EventLoopUtilization): EventLoopUtilization;
}

/**
 * Lets this thread wait for the disk itself where the disk is quick and nobody else is served meanwhile. To hand a wait to another thread
 * and back takes longer than a quick disk does, and where all clients wait for their changes, nobody has anything of it.
 */
export class DiskPace implements Pace {
  readonly #now: () => number;
  readonly #utilization: (since?: EventLoopUtilization) => EventLoopUtilization;
  #average = 0;
  #restsUntil = Number.NEGATIVE_INFINITY;
  #servesOthers = false;

  constructor({
    now = () => performance.now(),
    utilization = (since) => performance.eventLoopUtilization(since),
  }: DiskPaceOptions = {}) {
    this.#now = now;
    this.#utilization = utilization;
  }

  get isHere(): boolean {
    return !this.#servesOthers && this.#now() >= this.#restsUntil;
  }

  here<T>(wait: () => T): T {
    const start = this.#now();
    try {
      return wait();
    } finally {
      this.#took(start, this.#now());
    }
  }

  async elsewhere<T>(wait: () => Promise<T>): Promise<T> {
    const before = this.#utilization();
    try {
      return await wait();
    } finally {
      this.#servesOthers = this.#utilization(before).utilization > MOST_UTILIZATION;
    }
  }

  #took(start: number, end: number): void {
    const took = end - start;
    this.#average += (took - this.#average) / OF_SO_MANY;
    if (this.#average <= MOST_MS) return;
    this.#restsUntil = end + REST * Math.max(took, this.#average);
    this.#average = 0;
  }
}
