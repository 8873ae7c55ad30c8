import { areas } from './requirements.mjs';

/** @import { CaseResult, Outcome, Requirement } from './types.mjs' */

const signs = { pass: 'ok  ', fail: 'FAIL', unsupported: 'n/s ', skipped: 'skip' };

/**
 * What the cases of a requirement say about it together: the worst of them, as far as they ran.
 *
 * @param {readonly CaseResult[]} results
 * @returns {Outcome}
 */
export function outcomeOf(results) {
  const outcomes = new Set(results.map(({ outcome }) => outcome));
  if (outcomes.has('fail')) return 'fail';
  if (outcomes.has('unsupported')) return 'unsupported';
  return outcomes.has('pass') ? 'pass' : 'skipped';
}

/**
 * One line for each requirement, and what was wrong below it.
 *
 * @param {readonly CaseResult[]} results
 * @returns {string}
 */
export function textReport(results) {
  const lines = [];
  for (const { title, requirements } of areas) {
    const tested = requirements.map((requirement) => ({ requirement, results: resultsOf(requirement, results) }));
    if (tested.every((row) => row.results.length === 0)) continue;
    lines.push('', title);
    for (const row of tested) if (row.results.length > 0) lines.push(...linesOf(row.requirement, row.results));
  }
  const { pass, fail, unsupported, skipped } = totals(results);
  lines.push('', `${pass} passed, ${fail} failed, ${unsupported} unsupported, ${skipped} skipped`);
  return lines.join('\n').trimStart();
}

/** @param {readonly CaseResult[]} results */
export function jsonReport(results) {
  const requirements = areas.flatMap((area) =>
    area.requirements.flatMap((requirement) => {
      const own = resultsOf(requirement, results);
      if (own.length === 0) return [];
      const { id, clause, level, behaviour } = requirement;
      const tests = own.map(({ case: { name }, outcome, reason }) => ({ name, outcome, reason }));
      return [{ id, clause, level, behaviour, outcome: outcomeOf(own), tests }];
    }),
  );
  return JSON.stringify({ totals: totals(results), requirements }, undefined, 2);
}

/** How many cases ended how. @param {readonly CaseResult[]} results */
export function totals(results) {
  const count = (/** @type {Outcome} */ outcome) => results.filter((result) => result.outcome === outcome).length;
  return { pass: count('pass'), fail: count('fail'), unsupported: count('unsupported'), skipped: count('skipped') };
}

/** @param {Requirement} requirement @param {readonly CaseResult[]} results */
function resultsOf({ id }, results) {
  return results.filter((result) => result.case.verifies.includes(id));
}

/** @param {Requirement} requirement @param {readonly CaseResult[]} results */
function linesOf({ id, clause, behaviour, level }, results) {
  const outcome = outcomeOf(results);
  const lines = [`  ${signs[outcome]}  ${behaviour} [${id}; ${clause}${level === 'should' ? '; should' : ''}]`];
  for (const { case: tested, outcome: one, reason } of results) {
    if (one === 'fail' || (one === 'unsupported' && outcome !== 'fail'))
      lines.push(`          ${tested.name}: ${reason ?? ''}`);
  }
  return lines;
}
