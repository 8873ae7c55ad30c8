import type { Changes, Commit, InstanceChange, InstanceStore } from '../../cim/contracts/instance-store.js';
import type { HostParts } from './host-reader.js';

type SeenParts = Pick<HostParts, 'translation' | 'cleared'>;

/** The commits that changed something that a host sees; forgotten from before one that cleared it. */
export async function hostChanges(
  store: InstanceStore,
  parts: SeenParts,
  after: string,
  limit: number,
): Promise<Changes> {
  const seen: Commit[] = [];
  let from = after;
  for (;;) {
    const changes = await store.changes(from, limit);
    if (changes.kind === 'forgotten') return changes;
    const { commits } = changes;
    if (commits.some((one) => one.changes.some(({ path }) => parts.cleared.is(path)))) return { kind: 'forgotten' };
    seen.push(...commits.flatMap((one) => seenCommit(one, parts)));
    const isLast = commits.length < limit;
    // Of those that changed nothing here there may be many, one after another.
    if (isLast || seen.length >= limit) return { kind: 'commits', commits: seen.slice(0, limit) };
    from = commits.at(-1)?.version ?? from;
  }
}

function seenCommit(commit: Commit, { translation }: SeenParts): readonly Commit[] {
  const seen = ({ path, before, after }: InstanceChange): InstanceChange => ({
    path: translation.seenPath(path),
    before: before && translation.seenInstance(before),
    after: after && translation.seenInstance(after),
  });
  const changes = commit.changes.filter(({ path }) => translation.isSeen(path.namespace ?? '')).map(seen);
  return changes.length === 0 ? [] : [{ ...commit, changes }];
}
