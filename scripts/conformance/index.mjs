/** What the tests of this project take from here. */
export { cases } from './cases.mjs';
export { collectTests, idsIn } from './collect-tests.mjs';
export { connect } from './connection.mjs';
export { discoverTarget } from './discover-target.mjs';
export { expectedFailures } from './expected-failures.mjs';
export { formatDocs } from './format-docs.mjs';
export { lab } from './lab.mjs';
export { parseOptions, UsageError, usage } from './options.mjs';
export { jsonReport, outcomeOf, textReport, totals } from './report.mjs';
export { areas, requirements } from './requirements.mjs';
export { runCase } from './run-cases.mjs';
