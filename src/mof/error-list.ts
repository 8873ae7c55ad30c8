import { type MofError, MofErrors } from './mof-error.js';
import { mofLimits } from './mof-limits.js';

/** Collects errors until there are too many. */
export class ErrorList {
  readonly #errors: MofError[] = [];
  readonly #limit: number;

  constructor(limit: number = mofLimits.errors) {
    this.#limit = limit;
  }

  /** @throws MofErrors with all so far when their number reaches the limit */
  add(error: MofError): void {
    this.#errors.push(error);
    if (this.#errors.length >= this.#limit) throw new MofErrors(this.#errors);
  }

  /** @throws MofErrors when there are any */
  throwIfAny(): void {
    if (this.#errors.length > 0) throw new MofErrors(this.#errors);
  }
}
