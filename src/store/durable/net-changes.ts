import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import type { StoredCommit } from './backend.js';

/** What several commits together do to one instance. */
export interface NetChange {
  readonly path: InstancePath;
  /** As it was before all of them: its sequence is gone, or is that of `after`. */
  readonly before: { readonly sequence: number; readonly instance: CimInstance } | undefined;
  /** As it is after all of them, with the version of the one that wrote it last. */
  readonly after: { readonly sequence: number; readonly version: number; readonly instance: CimInstance } | undefined;
}

export interface NetChanges {
  /** Everything that was there before is to go first; then no change has a `before`. */
  readonly isCleared: boolean;
  /** Each path once; none that was made and removed again. */
  readonly changes: readonly NetChange[];
}

/** What is to be written for commits that follow one another: each instance once, however many of them wrote it. */
export function netChanges(commits: readonly StoredCommit[]): NetChanges {
  let isCleared = false;
  const byPath = new Map<string, NetChange>();
  for (const { changes, version, isCleared: clears } of commits) {
    if (clears) {
      isCleared = true;
      byPath.clear();
    }
    for (const { path, sequence, formerSequence, before, after } of changes) {
      const earlier = byPath.get(path.canonical);
      const first = before && { sequence: formerSequence ?? sequence, instance: before };
      byPath.set(path.canonical, {
        path,
        before: earlier ? earlier.before : first,
        after: after && { sequence, version, instance: after },
      });
    }
  }
  return { isCleared, changes: [...byPath.values()].filter(({ before, after }) => before || after) };
}
