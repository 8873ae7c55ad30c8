import type { CaseResult } from './case-result.js';
import { cases } from './cases.js';
import { connect } from './connect.js';
import { discoverTarget } from './discover-target.js';
import type { Options } from './parse-options.js';
import { runCase } from './run-case.js';

/**
 * Runs the cases that the options ask for, one after the other: what one makes, it has taken away before the next begins.
 *
 * @throws Error when there is no server
 */
export async function runCases(options: Options): Promise<CaseResult[]> {
  const connection = connect(options.connection);
  try {
    const target = await discoverTarget(connection, options);
    const results: CaseResult[] = [];
    for (const testCase of cases) {
      if (!testCase.verifies.some((id) => id.startsWith(options.only))) continue;
      results.push(await runCase(testCase, target, connection));
    }
    return results;
  } finally {
    connection.close();
  }
}
