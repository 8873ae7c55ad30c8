/** Where lines go, as far as colours care; a `tty.WriteStream` or any other. */
export interface ColourTarget {
  readonly isTTY?: boolean | undefined;
  /** Minds `NO_COLOR`, `FORCE_COLOR` and `TERM` by itself. */
  hasColors?(): boolean;
}

/**
 * Whether colours are allowed: on a terminal that has them, unless `NO_COLOR` says no; anywhere, when `FORCE_COLOR` says so (as Node
 * itself reads it: with nothing, 1, 2, 3 or true).
 */
export function usesColours(target: ColourTarget, env: Readonly<Record<string, string | undefined>>): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no } = env;
  if (force !== undefined) return ['', '1', '2', '3', 'true'].includes(force);
  if (no !== undefined && no !== '') return false;
  return target.isTTY === true && target.hasColors?.() !== false;
}
