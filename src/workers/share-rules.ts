import type { Rules } from '../interceptors/rules/rules.js';
import type { SharedRule } from './protocol.js';

/** Makes the rules of this process those of the primary, in their order. One that has changed is taken away before it comes again. */
export function shareRules(rules: Pick<Rules, 'list' | 'add' | 'remove'>, wanted: readonly SharedRule[]): void {
  const ids = new Set(wanted.map(({ id }) => id));
  for (const { id } of rules.list()) if (!ids.has(id)) rules.remove(id);
  const there = new Set(rules.list().map(({ id }) => id));
  for (const { id, when, then } of wanted) if (!there.has(id)) rules.add({ id, when, then });
}
