import type { CimValue } from '../cim/model/cim-value.js';
import { noteLength } from './condition.js';
import type { ResolvedProperty } from './query-scope.js';
import type { Truth } from './truth.js';

/** A condition about the value of a property. */
export function testOf<T>({ read }: ResolvedProperty<T>, accepts: (value: CimValue) => Truth): (subject: T) => Truth {
  return (subject) => {
    const value = read(subject);
    if (typeof value === 'string') noteLength(value.length);
    return accepts(value);
  };
}
