/** What one client did to a register: one value that is written whole and read whole. */
export interface RegisterOperation {
  readonly kind: 'read' | 'write';
  /** What was written, or what the read gave. */
  readonly value: string;
  /** Moments of one clock: when it was asked for, and when the answer was there. */
  readonly start: number;
  /** Infinity: no answer came, so a write may have happened at any time since its start, or never. */
  readonly end: number;
}

/**
 * Whether there is an order of all operations in which each takes effect at one moment between its start and its end, and each read
 * gives what was written last (Herlihy and Wing, 1990). Reads without an answer say nothing, and are left out.
 *
 * Looks for the order as Wing and Gong do, and goes no way twice: a way is told by what is done, and by the value.
 *
 * @param first what the register held before
 */
export function isLinearizable(history: readonly RegisterOperation[], first: string): boolean {
  const operations = history
    .filter(({ kind, end }) => kind === 'write' || Number.isFinite(end))
    .sort((a, b) => a.start - b.start);
  const isDone = operations.map(() => false);
  const seen = new Set<string>();

  function goOn(value: string, missing: number): boolean {
    if (missing === 0) return true;
    const from = isDone.indexOf(false);
    const key = `${from} ${isDone.slice(from).map(Number).join('')} ${value}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return next(from).some((at) => tryNext(at, value, missing));
  }

  /** Whoever began after another had its answer comes after it, and so do all that began later. */
  function next(from: number): readonly number[] {
    const left = operations.map((_, at) => at).filter((at) => at >= from && !isDone[at]);
    const firstEnd = Math.min(...left.map((at) => operations[at]?.end ?? 0));
    return left.filter((at) => (operations[at]?.start ?? 0) <= firstEnd);
  }

  function tryNext(at: number, value: string, missing: number): boolean {
    const operation = operations[at];
    if (!operation || (operation.kind === 'read' && operation.value !== value)) return false;
    isDone[at] = true;
    const isAnswered = Number.isFinite(operation.end);
    if (goOn(operation.value, missing - (isAnswered ? 1 : 0))) return true;
    isDone[at] = false;
    return false;
  }

  return goOn(first, operations.filter(({ end }) => Number.isFinite(end)).length);
}
