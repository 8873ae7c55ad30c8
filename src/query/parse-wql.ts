import { atOnce } from '../cim/at-once.js';
import type { WqlStatement } from './ast/wql-statement.js';
import { parseAssociationStatement } from './parse-association-statement.js';
import { parseWqlSelect } from './parse-select.js';
import { TokenReader } from './token-reader.js';

/**
 * Parses a query in the WMI Query Language (MS-WMI 2.2.1.1): a data query (`SELECT … FROM Class`), a class query
 * (`SELECT … FROM meta_class`), `ASSOCIATORS OF {…}` or `REFERENCES OF {…}`. Event queries are refused by name.
 *
 * @throws CimError InvalidQuery that says at which character, and what was expected there
 */
export function parseWql(text: string): WqlStatement {
  return atOnce(parseWqlInSteps(text));
}

/** The same in steps, each of which takes no longer than a millisecond or two. */
export function* parseWqlInSteps(text: string): Generator<void, WqlStatement, void> {
  const reader = yield* TokenReader.read(text);
  if (reader.acceptWord('SELECT')) return yield* parseWqlSelect(reader);
  if (reader.acceptWord('ASSOCIATORS')) return parseAssociationStatement(reader, 'Associators');
  if (reader.acceptWord('REFERENCES')) return parseAssociationStatement(reader, 'References');
  return reader.fail('SELECT, ASSOCIATORS OF or REFERENCES OF');
}
