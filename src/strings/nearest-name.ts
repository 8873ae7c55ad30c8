/** What is longer is nobody's slip of the finger; comparing takes the product of both lengths. */
const LONGEST = 64;

/** Shorter pieces stand in too many names to say anything. */
const SHORTEST_PIECE = 3;

/**
 * The known name that a misspelt one probably means: one that few letters tell apart from it (a third of them at most; two
 * that changed places count as one), else one that contains it or that it contains. Upper and lower case are the same.
 *
 * @returns undefined when none is near
 */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  if (name.length > LONGEST) return undefined;
  const wanted = name.toLowerCase();
  let nearest: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  let related: string | undefined;
  for (const candidate of known) {
    if (candidate.length > LONGEST) continue;
    const other = candidate.toLowerCase();
    const allowed = Math.max(1, Math.floor(Math.max(wanted.length, other.length) / 3));
    if (Math.abs(wanted.length - other.length) <= allowed) {
      const distance = editDistance(wanted, other);
      if (distance <= allowed && distance < least) [nearest, least] = [candidate, distance];
    }
    if (isPiece(wanted, other) && candidate.length > (related?.length ?? 0)) related = candidate;
  }
  return nearest ?? related;
}

/** Ends a message about an unknown name: `: did you mean 'users'?`, or nothing when no known name is near. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : `: did you mean '${nearest}'?`;
}

function isPiece(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  return short.length >= SHORTEST_PIECE && long.includes(short);
}

/** How many letters to add, leave out, change or swap with their neighbour (optimal string alignment). */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      let least = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (isSame ? 0 : 1));
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (isSwap) least = Math.min(least, at(beforeLast, column - 2) + 1);
      current.push(least);
    }
    [beforeLast, last] = [last, current];
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
