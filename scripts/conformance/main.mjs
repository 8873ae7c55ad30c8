/**
 * `npm run conformance`: the protocol requirements of docs/conformance.md against a server, like h2spec for HTTP/2. It
 * shares no code with this project's server and needs no build.
 */
import { cases } from './cases.mjs';
import { connect } from './connection.mjs';
import { discoverTarget } from './discover-target.mjs';
import { parseOptions, UsageError, usage } from './options.mjs';
import { jsonReport, textReport, totals } from './report.mjs';
import { runCase } from './run-cases.mjs';

/** @import { CaseResult } from './types.mjs' */

/** @param {NonNullable<ReturnType<typeof parseOptions>>} options */
async function run(options) {
  const connection = connect(options.connection);
  try {
    const target = await discoverTarget(connection, options);
    /** @type {CaseResult[]} */
    const results = [];
    for (const testCase of cases) {
      if (!testCase.verifies.some((id) => id.startsWith(options.only))) continue;
      results.push(await runCase(testCase, target, connection));
    }
    console.log(options.json ? jsonReport(results) : textReport(results));
    return totals(results).fail > 0 ? 1 : 0;
  } finally {
    connection.close();
  }
}

try {
  const options = parseOptions(process.argv.slice(2));
  if (options === undefined) console.log(usage);
  else process.exitCode = await run(options);
} catch (error) {
  if (error instanceof UsageError) console.error(`${error.message}\n\n${usage}`);
  else console.error(`The tests could not run: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
