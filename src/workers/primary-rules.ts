import type { RuleCounts } from '../interceptors/rules/rule-counter.js';
import type { Rules } from '../interceptors/rules/rules.js';
import type { SharedRule } from './protocol.js';

/** The rules of the primary, which all workers have as well. */
export interface PrimaryRules {
  /** The same, whose changes are told. */
  of(own: Rules): Rules;
  /** Until what workers have counted by themselves is counted here. */
  gather(): Promise<void>;
}

/** @param ask all workers for what they have counted since they were asked last; each answer is given to `add` */
export function createPrimaryRules(
  share: (rules: readonly SharedRule[]) => void,
  ask: (add: (counts: readonly RuleCounts[]) => void) => Promise<unknown>,
): PrimaryRules {
  let rules: Rules | undefined;
  let resets = 0;

  return {
    of(own) {
      rules = own;
      return sharing(own, {
        changed: () => share(sharedRules(own)),
        wasReset() {
          resets += 1;
          // Rules that were taken away in between count from 0.
          share([]);
          share(sharedRules(own));
        },
      });
    },
    async gather() {
      const asked = resets;
      await ask((counts) => {
        if (asked === resets) rules?.addCounts(counts);
      });
    },
  };
}

/** As workers get them. */
export function sharedRules(rules: Pick<Rules, 'list'>): readonly SharedRule[] {
  return rules.list().map(({ id, when, then }) => ({ id, when, then }));
}

function sharing(own: Rules, { changed, wasReset }: { changed(): void; wasReset(): void }): Rules {
  return {
    ...own,
    add(rule, initial) {
      const added = own.add(rule, initial);
      changed();
      return added;
    },
    remove(rule) {
      const isFound = own.remove(rule);
      if (isFound) changed();
      return isFound;
    },
    reset() {
      own.reset();
      wasReset();
    },
  };
}
