import { atOnce } from '../cim/at-once.js';
import type { SelectStatement } from './ast/select-statement.js';
import { parseCqlSelect } from './parse-select.js';
import { TokenReader } from './token-reader.js';

/**
 * Parses a basic query in the CIM Query Language (DSP0202): `SELECT … FROM Class [[AS] name] [WHERE …]` without joins,
 * functions, ordering and symbolic constants. Paths may begin with the class or its second name.
 *
 * @throws CimError InvalidQuery that says at which character, and what was expected there
 */
export function parseCql(text: string): SelectStatement {
  return atOnce(parseCqlInSteps(text));
}

/** The same in steps, each of which takes no longer than a millisecond or two. */
export function* parseCqlInSteps(text: string): Generator<void, SelectStatement, void> {
  const reader = yield* TokenReader.read(text);
  reader.expectWord('SELECT');
  return yield* parseCqlSelect(reader);
}
