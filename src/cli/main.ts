#!/usr/bin/env node
import { nodeProblem } from '../package/node-problem.js';

// Nothing else may be imported here: a Node that is too old fails at an import of what it does not have, with a page of errors.
const problem = nodeProblem('cimulator', process.versions.node);
if (problem === undefined) {
  const { run } = await import('./run.js');
  await run(process.argv.slice(2));
} else {
  process.stderr.write(problem);
  process.exitCode = 1;
}
