/** What is longer is nobody's slip of the finger; comparing takes the product of both lengths. */
const LONGEST = 128;

/** Shorter pieces stand in too many names to say anything. */
const SHORTEST_PIECE = 3;

/**
 * The known name that a misspelt one probably means: one that few letters tell apart from it (a third of them at most; two
 * that changed places count as one), else one that contains it or that it contains. Upper and lower case are the same.
 *
 * @returns undefined when none is near
 */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  return nearestNames(name, known, 1)[0];
}

/** As {@link nearestName}, so many at most: the nearest first; a name that contains it or is contained only where no name is near. */
export function nearestNames(name: string, known: Iterable<string>, most: number): readonly string[] {
  if (name.length > LONGEST) return [];
  const wanted: Wanted = { text: name.toLowerCase(), letters: lettersOf(name.toLowerCase()) };
  const near: { readonly candidate: string; readonly distance: number }[] = [];
  let related: string | undefined;
  for (const candidate of known) {
    if (candidate.length > LONGEST) continue;
    const other = candidate.toLowerCase();
    const distance = distanceWithin(wanted, other);
    if (distance !== undefined) near.push({ candidate, distance });
    if (isPiece(wanted.text, other) && candidate.length > (related?.length ?? 0)) related = candidate;
  }
  if (near.length === 0) return related === undefined ? [] : [related];
  return near
    .sort((one, other) => one.distance - other.distance)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

interface Wanted {
  readonly text: string;
  readonly letters: Int8Array;
}

/** How far apart two words are; undefined when that is too far. */
function distanceWithin({ text, letters }: Wanted, other: string): number | undefined {
  const allowed = Math.max(1, Math.floor(Math.max(text.length, other.length) / 3));
  if (Math.abs(text.length - other.length) > allowed || lettersApart(letters, other) > allowed) return undefined;
  const distance = editDistance(text, other);
  return distance <= allowed ? distance : undefined;
}

const LETTERS = 64;

/** How often each letter is there; several may share a place, which makes words look nearer than they are. */
function lettersOf(text: string): Int8Array {
  const counts = new Int8Array(LETTERS);
  for (let at = 0; at < text.length; at += 1)
    counts[text.charCodeAt(at) % LETTERS] = (counts[text.charCodeAt(at) % LETTERS] ?? 0) + 1;
  return counts;
}

/** How many letters at least must be added, left out or changed: found in a fraction of the time that their order takes. */
function lettersApart(letters: Int8Array, text: string): number {
  const others = lettersOf(text);
  let more = 0;
  let fewer = 0;
  for (let at = 0; at < LETTERS; at += 1) {
    const difference = (letters[at] ?? 0) - (others[at] ?? 0);
    if (difference > 0) more += difference;
    else fewer -= difference;
  }
  return Math.max(more, fewer);
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
