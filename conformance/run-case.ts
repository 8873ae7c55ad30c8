import type { Answer } from './answer.js';
import type { Case, Exchange, Memory, Step } from './case.js';
import type { CaseResult } from './case-result.js';
import type { Connection } from './connection.js';
import { describeError } from './describe-error.js';
import { expandedName, findAll, qnameIn, textAt } from './find.js';
import type { Target } from './target.js';

/** What a server says that leaves out a feature the specifications leave to it. */
const refusals: ReadonlySet<string> = new Set(
  [
    'a:ActionNotSupported',
    'w:UnsupportedFeature',
    'n:FilteringNotSupported',
    'n:FilterDialectRequestedUnavailable',
  ].map(expandedName),
);

/** Runs one case: its steps in order, up to the first expectation that is not met. */
export async function runCase(testCase: Case, target: Target, connection: Connection): Promise<CaseResult> {
  const missing = missingFor(testCase, target);
  if (missing !== undefined) return { case: testCase, outcome: 'skipped', reason: missing };
  const memory: Memory = {};
  try {
    return await runSteps(testCase, target, connection, memory);
  } catch (error) {
    return failed(testCase, `no answer: ${describeError(error)}`);
  } finally {
    await cleanUp(testCase, target, connection, memory);
  }
}

async function runSteps(testCase: Case, target: Target, connection: Connection, memory: Memory): Promise<CaseResult> {
  for (const [at, step] of testCase.steps.entries()) {
    const sent = step.send(target, memory);
    const answer = await connection.send(sent);
    const problem = firstProblem(step, { target, sent, answer, memory });
    if (problem !== undefined) {
      if (testCase.optional && leavesOut(answer)) return unsupported(testCase, answer);
      return failed(testCase, testCase.steps.length > 1 ? `step ${at + 1}: ${problem}` : problem);
    }
    const missing = remember(step, answer, memory);
    if (missing !== undefined) return failed(testCase, `step ${at + 1}: ${missing} is missing`);
  }
  return { case: testCase, outcome: 'pass', reason: undefined };
}

/** What was expected and what came, for the first expectation that is not met; undefined when all are. */
function firstProblem(step: Step, exchange: Exchange): string | undefined {
  for (const { says, check } of step.expect) {
    const problem = check(exchange);
    if (problem !== undefined) return `expected ${says}; got ${problem}`;
  }
  return undefined;
}

/** Takes from the answer what later steps need; gives the path of the first text that is not there. */
function remember(step: Step, answer: Answer, memory: Memory): string | undefined {
  for (const [name, path] of Object.entries(step.remember ?? {})) {
    const value = textAt(answer.root, path);
    if (value === undefined) return path;
    memory[name] = value;
  }
  return undefined;
}

function failed(testCase: Case, reason: string): CaseResult {
  return { case: testCase, outcome: 'fail', reason };
}

function unsupported(testCase: Case, answer: Answer): CaseResult {
  return { case: testCase, outcome: 'unsupported', reason: textAt(answer.root, 's:Body/s:Fault/s:Reason/s:Text') };
}

function missingFor({ needs }: Case, target: Target): string | undefined {
  if (needs === 'lab' && !target.lab) return 'needs the default lab of cimulator';
  if (needs === 'instance' && Object.keys(target.selectors).length === 0) {
    return `no instance of ${target.className} is known`;
  }
  if (needs === 'method' && target.method === undefined) return 'needs a method (--method)';
  return undefined;
}

function leavesOut(answer: Answer): boolean {
  const subcode = qnameIn(findAll(answer.root, 's:Body/s:Fault/s:Code/s:Subcode/s:Value')[0]);
  return subcode !== undefined && refusals.has(subcode);
}

async function cleanUp(testCase: Case, target: Target, connection: Connection, memory: Memory): Promise<void> {
  const message = testCase.cleanUp?.(target, memory);
  if (message === undefined) return;
  // What cannot be taken away stays; the case has its result already.
  await connection.send(message).catch(() => undefined);
}
