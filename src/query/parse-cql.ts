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
  const reader = new TokenReader(text);
  reader.expectWord('SELECT');
  return parseCqlSelect(reader);
}
