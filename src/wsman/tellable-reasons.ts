import { mayReadInstance, type Permissions } from '../cim/contracts/access.js';
import type { Reason } from '../cim/contracts/call.js';
import type { Namespaces } from '../cim/contracts/namespaces.js';

/**
 * As much of what was explained as the caller may be told: a reason names nothing that its roles may not read.
 *
 * @param permissions undefined: everything
 */
export function tellableReasons(
  reasons: readonly Reason[],
  permissions: Permissions | undefined,
  namespaces: Namespaces,
): readonly Reason[] {
  return reasons.filter(({ about }) => about.every((path) => mayReadInstance(path, permissions, namespaces)));
}

/** A fault's text, and what was explained beside it; undefined when there is nothing. */
export function joinReasons(fault: string | undefined, reasons: readonly Reason[]): string | undefined {
  const texts = [...(fault === undefined ? [] : [fault]), ...reasons.map(({ text }) => text)];
  return texts.length === 0 ? undefined : [...texts.slice(0, -1).map(withoutPeriod), texts.at(-1)].join('; ');
}

function withoutPeriod(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
