import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CimError } from '../../src/cim/model/cim-error.js';
import { CimStatus } from '../../src/cim/model/cim-status.js';
import { parseCql } from '../../src/query/parse-cql.js';
import { parseWql } from '../../src/query/parse-wql.js';
import { printQuery } from '../../src/query/print-query.js';
import { anySelect, withoutOffsets } from './query-arbitraries.js';

it('prints every statement as text that parses back to it', () => {
  fc.assert(
    fc.property(anySelect, (statement) => {
      expect(withoutOffsets(parseWql(printQuery(statement)))).toEqual(withoutOffsets(statement));
    }),
    { numRuns: 400 },
  );
});

const scrap = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom(
    ...['SELECT', '*', 'FROM', 'WHERE', 'C', 'a', '=', '<>', '<=', '5', '-1.5e', '0x', "'x'", "'", '"', '\\', '(', ')'],
    ...['AND', 'OR', 'NOT', 'LIKE', 'IS', 'NULL', 'ISA', '[', ']', '.', ',', '{', '}', '{C.K="v"}', 'ASSOCIATORS OF'],
    ...['REFERENCES OF', 'AssocClass', 'meta_class', '__this', ' ', '\n', '\ud800', '\u0000'],
  ),
);

it.each([
  ['WQL', parseWql],
  ['CQL', parseCql],
] as const)('parses any text as %s or says that the query is invalid', (_, parse) => {
  const text = fc.array(scrap, { maxLength: 20 }).map((parts) => parts.join(' '));
  fc.assert(
    fc.property(
      fc.oneof(
        text,
        text.map((rest) => `SELECT * FROM C WHERE ${rest}`),
      ),
      (query) => {
        try {
          printQuery(parse(query));
        } catch (error) {
          expect(error).toBeInstanceOf(CimError);
          expect((error as CimError).status).toBe(CimStatus.InvalidQuery);
        }
      },
    ),
    { numRuns: 2000 },
  );
});
