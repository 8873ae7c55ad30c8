/**
 * `cimulator-conformance`: the protocol requirements of docs/conformance.md against a server, like h2spec for HTTP/2. It shares no
 * code with this project's server.
 */
import { describeError } from './describe-error.js';
import { parseOptions, UsageError, usage } from './parse-options.js';
import { jsonReport, textReport, totals } from './report.js';
import { runCases } from './run-cases.js';

const NOT_RUN = 2;

async function main(args: readonly string[]): Promise<void> {
  const options = parseOptions(args);
  if (options === undefined) {
    console.log(usage);
    return;
  }
  const results = await runCases(options);
  console.log(options.json ? jsonReport(results) : textReport(results));
  process.exitCode = totals(results).fail > 0 ? 1 : 0;
}

function messageOf(error: unknown): string {
  if (error instanceof UsageError) return `${error.message} (--help tells the options)`;
  return `the tests could not run: ${describeError(error)}`;
}

/** Runs the command line, to its end: exit status 0 when all cases passed, 1 when one failed, 2 when they could not be run. */
export async function run(args: readonly string[]): Promise<void> {
  // `cimulator-conformance … | head` closes the pipe before everything is written: nobody reads any more, so there is no more to do.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? process.exitCode : NOT_RUN);
  });
  try {
    await main(args);
  } catch (error) {
    console.error(`cimulator-conformance: ${messageOf(error)}`);
    process.exitCode = NOT_RUN;
  }
}
