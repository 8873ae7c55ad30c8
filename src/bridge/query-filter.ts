import { CimJsonError } from '../cimjson/cim-json-error.js';
import { type JsonObject, readOptional, readText } from '../cimjson/read-json.js';
import type { EnumerationFilter } from '../client/enumerate-options.js';

const WQL = new Set(['wql', 'http://schemas.microsoft.com/wbem/wsman/1/wql']);
const CQL = new Set(['cql', 'dmtf:cql', 'http://schemas.dmtf.org/wbem/cql/1/dsp0202.pdf']);

/** A query in the dialect of the call: WQL unless it says CQL, in its URI or in short. @throws CimJsonError for others */
export function queryFilter(members: JsonObject, query: string): EnumerationFilter {
  const dialect = (readOptional(readText, members, 'dialect', '') ?? 'WQL').toLowerCase();
  if (WQL.has(dialect)) return { wql: query };
  if (CQL.has(dialect)) return { cql: query };
  throw new CimJsonError('dialect', `'${dialect.slice(0, 60)}' is neither WQL nor CQL`);
}
