import { parseCql } from '../../../../src/query/parse-cql.js';
import type { FuzzTarget } from '../fuzz-target.js';
import { runQuery } from '../queries.js';
import { QUERY_WORDS } from '../query-words.js';
import { atLeastOne, readCorpus } from '../read-corpus.js';

/** A query in the CIM Query Language: parsed, printed, bound, and asked of instances. */
export async function open(): Promise<FuzzTarget> {
  const corpus = atLeastOne(readCorpus('cql'));
  return { corpus, words: QUERY_WORDS, run: (input) => runQuery(input.toString('utf8'), parseCql) };
}
