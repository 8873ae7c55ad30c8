import type { InstanceTransaction } from '../../cim/contracts/instance-store.js';
import { copyContent, dropContent } from './file-contents.js';
import { moveSecurity } from './file-security.js';

/** What is noted of a file goes with it, to another path or away: who may do what with it, and what is in it. */
export async function moveFileNotes(
  name: string,
  to: string | undefined,
  { store }: { readonly store: InstanceTransaction },
): Promise<void> {
  await moveSecurity(name, to, { store });
  if (to !== undefined) await copyContent(store, name, to);
  await dropContent(store, name);
}
