import type { TransactionOrigin } from '../../cim/contracts/instance-store.js';
import type { Present, StoredChange, StoredCommit } from './backend.js';
import type { Laid, Overlay } from './overlay.js';

/** What a transaction is to commit, whatever its place among others becomes. */
export interface Draft {
  readonly id: string;
  readonly origin: Pick<TransactionOrigin, 'id' | 'user'> | undefined;
  readonly isCleared: boolean;
  /** Those removed at the end. */
  readonly writes: readonly Laid[];
}

/** @param id unique among all commits of all processes */
export function draftOf(id: string, origin: TransactionOrigin | undefined, written: Overlay): Draft {
  const [kept, removed]: [Laid[], Laid[]] = [[], []];
  for (const laid of written.all()) {
    if (laid.after) kept.push(laid);
    else if (laid.below) removed.push(laid);
  }
  const by = origin && { id: origin.id, user: origin.user };
  return { id, origin: by, isCleared: written.isCleared, writes: removed.length > 0 ? [...kept, ...removed] : kept };
}

/** The same when others in front of it have other sequences now than they had when it was drafted. */
export function movedDraft(draft: Draft, moved: ReadonlyMap<number, number>): Draft {
  if (moved.size === 0) return draft;
  const writes = draft.writes.map((laid) => {
    const to = laid.below && moved.get(laid.below.sequence);
    if (laid.below === undefined || to === undefined) return laid;
    const sequence = laid.sequence === laid.below.sequence ? to : laid.sequence;
    return { ...laid, sequence, below: { ...laid.below, sequence: to } };
  });
  return { ...draft, writes };
}

/** The commit that follows on a point in time. */
export function commitAfter(before: Present, { id, origin, isCleared, writes }: Draft): StoredCommit {
  const version = before.version + 1;
  const cleared = isCleared ? before.sequence : before.cleared;
  let sequence = isCleared ? before.sequence + 1 : before.sequence;
  const changes = writes.map(({ path, sequence: drafted, below, after }): StoredChange => {
    if (below && (!after || drafted === below.sequence)) {
      return { path, sequence: below.sequence, formerSequence: undefined, before: below.instance, after };
    }
    sequence += 1;
    return { path, sequence, formerSequence: below?.sequence, before: below?.instance, after };
  });
  return { version, id, origin, isCleared, changes, present: { version, sequence, cleared } };
}
