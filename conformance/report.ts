import type { CaseResult, Outcome } from './case-result.js';
import { visible } from './describe-error.js';
import type { Requirement } from './requirement.js';
import { areas, type RequirementId } from './requirements.js';

const signs: Readonly<Record<Outcome, string>> = { pass: 'ok  ', fail: 'FAIL', unsupported: 'n/s ', skipped: 'skip' };

/** What the cases of a requirement say about it together: the worst of them, as far as they ran. */
export function outcomeOf(results: readonly CaseResult[]): Outcome {
  const outcomes = new Set(results.map(({ outcome }) => outcome));
  if (outcomes.has('fail')) return 'fail';
  if (outcomes.has('unsupported')) return 'unsupported';
  return outcomes.has('pass') ? 'pass' : 'skipped';
}

/** One line for each requirement, and what was wrong below it. */
export function textReport(results: readonly CaseResult[]): string {
  const lines: string[] = [];
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

/** The same as JSON: `totals`, and `requirements` with the tests of each. */
export function jsonReport(results: readonly CaseResult[]): string {
  const requirements = areas.flatMap((area) =>
    area.requirements.flatMap((requirement) => {
      const own = resultsOf(requirement, results);
      if (own.length === 0) return [];
      const { id, clause, level, behaviour } = requirement;
      const tests = own.map(({ case: { name }, outcome, reason }) => ({ name, outcome, reason }));
      return [{ id, clause, level, behaviour, outcome: outcomeOf(own), tests }];
    }),
  );
  const json = JSON.stringify({ totals: totals(results), requirements }, undefined, 2);
  // What JSON leaves as it is, terminals take as commands; escaped, it means the same.
  return json.replace(
    /[\u007f-\u009f\p{Cf}\u2028\u2029]/gu,
    (hidden) =>
      `\\u${hidden.charCodeAt(0).toString(16).padStart(4, '0')}${hidden.length > 1 ? `\\u${hidden.charCodeAt(1).toString(16)}` : ''}`,
  );
}

/** How many cases ended how. */
export function totals(results: readonly CaseResult[]): Readonly<Record<Outcome, number>> {
  const count = (outcome: Outcome) => results.filter((result) => result.outcome === outcome).length;
  return { pass: count('pass'), fail: count('fail'), unsupported: count('unsupported'), skipped: count('skipped') };
}

function resultsOf({ id }: Requirement<RequirementId>, results: readonly CaseResult[]): CaseResult[] {
  return results.filter((result) => result.case.verifies.includes(id));
}

function linesOf({ id, clause, behaviour, level }: Requirement, results: readonly CaseResult[]): string[] {
  const outcome = outcomeOf(results);
  const lines = [`  ${signs[outcome]}  ${behaviour} [${id}; ${clause}${level === 'should' ? '; should' : ''}]`];
  for (const { case: tested, outcome: one, reason } of results) {
    if (one === 'fail' || (one === 'unsupported' && outcome !== 'fail'))
      lines.push(`          ${tested.name}: ${visible(reason ?? '')}`);
  }
  return lines;
}
