import { CimError } from '../cim/model/cim-error.js';

/**
 * The error for a query that is wrong at one place.
 *
 * @param at offset into the query's text; people are told the number of the character, counted from 1
 */
export function invalidQuery(at: number, message: string): CimError {
  return new CimError('InvalidQuery', `Invalid query at character ${at + 1}: ${message}.`);
}
