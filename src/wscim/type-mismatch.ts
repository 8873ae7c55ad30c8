import { CimError } from '../cim/model/cim-error.js';
import { shorten } from '../cim/model/shorten.js';

/** A value that its declared type cannot hold: `w:InvalidParameter` with detail TypeMismatch. */
export function typeMismatch(what: string, problem: string): CimError {
  return new CimError('TypeMismatch', `${what}: ${problem}.`);
}

/** Text that is no value of its declared type, and not a value of another one: Windows tells of it as of a message that breaks its schema. */
export class UnreadableValueError extends CimError {
  constructor(what: string, text: string, type: string) {
    super('TypeMismatch', `${what}: '${shorten(text)}' is not a value of type ${type}.`);
  }
}
