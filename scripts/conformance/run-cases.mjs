import { expandedName, findAll, qnameIn, textAt } from './find.mjs';

/** @import { Answer, Case, CaseResult, Connection, Memory, Target } from './types.mjs' */

/** What a server says that leaves out a feature the specifications leave to it. */
const refusals = new Set(
  [
    'a:ActionNotSupported',
    'w:UnsupportedFeature',
    'n:FilteringNotSupported',
    'n:FilterDialectRequestedUnavailable',
  ].map(expandedName),
);

/**
 * Runs one case: its steps in order, up to the first expectation that is not met.
 *
 * @param {Case} testCase
 * @param {Target} target
 * @param {Connection} connection
 * @returns {Promise<CaseResult>}
 */
export async function runCase(testCase, target, connection) {
  const missing = missingFor(testCase, target);
  if (missing !== undefined) return { case: testCase, outcome: 'skipped', reason: missing };
  /** @type {Memory} */
  const memory = {};
  try {
    return await runSteps(testCase, target, connection, memory);
  } catch (error) {
    return { case: testCase, outcome: 'fail', reason: `no answer: ${describe(error)}` };
  } finally {
    await cleanUp(testCase, target, connection, memory);
  }
}

/**
 * @param {Case} testCase
 * @param {Target} target
 * @param {Connection} connection
 * @param {Memory} memory
 * @returns {Promise<CaseResult>}
 */
async function runSteps(testCase, target, connection, memory) {
  for (const [at, step] of testCase.steps.entries()) {
    const sent = step.send(target, memory);
    const answer = await connection.send(sent);
    for (const { says, check } of step.expect) {
      const problem = check({ target, sent, answer, memory });
      if (problem === undefined) continue;
      if (testCase.optional && leavesOut(answer)) {
        return {
          case: testCase,
          outcome: 'unsupported',
          reason: textAt(answer.root, 's:Body/s:Fault/s:Reason/s:Text'),
        };
      }
      const where = testCase.steps.length > 1 ? `step ${at + 1}: ` : '';
      return { case: testCase, outcome: 'fail', reason: `${where}expected ${says}; got ${problem}` };
    }
    for (const [name, path] of Object.entries(step.remember ?? {})) {
      const value = textAt(answer.root, path);
      if (value === undefined) return { case: testCase, outcome: 'fail', reason: `step ${at + 1}: ${path} is missing` };
      memory[name] = value;
    }
  }
  return { case: testCase, outcome: 'pass', reason: undefined };
}

/** @param {Case} testCase @param {Target} target */
function missingFor({ needs }, target) {
  if (needs === 'lab' && !target.lab) return 'needs the default lab of cimulator';
  if (needs === 'instance' && Object.keys(target.selectors).length === 0)
    return `no instance of ${target.className} is known`;
  if (needs === 'method' && target.method === undefined) return 'needs a method (--method)';
  return undefined;
}

/** @param {Answer} answer */
function leavesOut(answer) {
  const subcode = qnameIn(findAll(answer.root, 's:Body/s:Fault/s:Code/s:Subcode/s:Value')[0]);
  return subcode !== undefined && refusals.has(subcode);
}

/**
 * @param {Case} testCase
 * @param {Target} target
 * @param {Connection} connection
 * @param {Memory} memory
 */
async function cleanUp(testCase, target, connection, memory) {
  const message = testCase.cleanUp?.(target, memory);
  if (message === undefined) return;
  // What cannot be taken away stays; the case has its result already.
  await connection.send(message).catch(() => undefined);
}

/** @param {unknown} error */
function describe(error) {
  return error instanceof Error ? error.message : String(error);
}
