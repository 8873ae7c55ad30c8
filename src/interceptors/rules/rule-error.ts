/** A rule that cannot be, or that could never match. The message is one line for whoever wrote it, with the nearest name. */
export class RuleError extends Error {
  override readonly name = 'RuleError';
  readonly expected = true;
  /** The member that is wrong: `when.method`, `then[1].fault`; empty for the rule as a whole. */
  readonly place: string;
  /** What is wrong there. */
  readonly problem: string;

  constructor(place: string, problem: string, where = '') {
    super([where, place, problem].filter((part) => part !== '').join(': '));
    this.place = place;
    this.problem = problem;
  }
}
