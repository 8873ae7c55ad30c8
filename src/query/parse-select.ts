import { sameName } from '../cim/model/name-map.js';
import type { PropertyPathNode } from './ast/property-path-node.js';
import { selectClassesStatement } from './ast/select-classes-statement.js';
import { type QueryDialect, type SelectStatement, selectStatement } from './ast/select-statement.js';
import type { WqlStatement } from './ast/wql-statement.js';
import { parseExpression } from './parse-expression.js';
import { parsePropertyPath } from './parse-property-path.js';
import { invalidQuery } from './query-error.js';
import { describeToken } from './query-token.js';
import type { TokenReader } from './token-reader.js';

const eventWords = ['WITHIN', 'GROUP', 'HAVING', 'BY'];

/** Reads what follows `SELECT`, up to the end of the query. @throws CimError InvalidQuery */
export function* parseWqlSelect(reader: TokenReader): Generator<void, WqlStatement, void> {
  const { className, alias, projection, where } = yield* parseSelect(reader, 'WQL');
  if (!sameName(className, 'meta_class')) {
    return selectStatement({ dialect: 'WQL', projection, className, alias, where });
  }
  return selectClassesStatement({ projection, where });
}

/** As {@link parseWqlSelect}, in the basic form of DSP0202: one class, which may have a second name. */
export function* parseCqlSelect(reader: TokenReader): Generator<void, SelectStatement, void> {
  return selectStatement({ dialect: 'CQL', ...(yield* parseSelect(reader, 'CQL')) });
}

type SelectParts = Omit<SelectStatement, 'kind' | 'dialect'>;

function* parseSelect(reader: TokenReader, dialect: QueryDialect): Generator<void, SelectParts, void> {
  const projection = parseProjection(reader);
  reader.expectWord('FROM');
  const className = reader.expect('name', 'a class name').text;
  const alias = dialect === 'CQL' ? acceptAlias(reader) : undefined;
  const where = reader.acceptWord('WHERE') ? yield* parseExpression(reader) : undefined;
  expectEnd(reader, where === undefined);
  return { projection, className, alias, where };
}

function parseProjection(reader: TokenReader): readonly PropertyPathNode[] | undefined {
  if (reader.accept('*')) return undefined;
  const paths: PropertyPathNode[] = [];
  do paths.push(parsePropertyPath(reader));
  while (reader.accept(','));
  return Object.freeze(paths);
}

function acceptAlias(reader: TokenReader): string | undefined {
  if (reader.acceptWord('AS')) return reader.expect('name', 'a second name of the class').text;
  return reader.current.kind === 'name' && !reader.isWord('WHERE') ? reader.take().text : undefined;
}

function expectEnd(reader: TokenReader, mayHaveWhere: boolean): void {
  const { current } = reader;
  if (current.kind === 'end') return;
  if (eventWords.some((word) => reader.isWord(word))) {
    throw invalidQuery(current.at, `${describeToken(current)} belongs to event queries, which are not answered here`);
  }
  reader.fail(mayHaveWhere ? 'WHERE or the end of the query' : 'AND, OR or the end of the query');
}
