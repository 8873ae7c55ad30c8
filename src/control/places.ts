import { ControlError } from './control-error.js';

/** Counts what there may be of something at once. */
export class Places {
  readonly #most: number;
  readonly #what: string;
  #taken = 0;

  /** @param what there are so many of, for messages */
  constructor(most: number, what: string) {
    this.#most = most;
    this.#what = what;
  }

  /** @returns what gives the place back, once @throws ControlError 429 when there is none left */
  take(): () => void {
    if (this.#taken >= this.#most) throw new ControlError(429, `there are ${this.#most} ${this.#what} at once already`);
    this.#taken += 1;
    let isTaken = true;
    return () => {
      if (isTaken) this.#taken -= 1;
      isTaken = false;
    };
  }
}
