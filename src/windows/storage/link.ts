import { CimInstance } from '../../cim/model/cim-instance.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { type MachineContext, pathIn } from '../machine.js';

/** Ties two objects by an association whose keys are its ends, in a namespace that need not be that of the call: Windows has it there. */
export async function link(
  context: Pick<MachineContext, 'namespace' | 'store'>,
  association: string,
  ends: Readonly<Record<string, InstancePath>>,
): Promise<void> {
  const path = pathIn(context, association, ends);
  await context.store.put(new CimInstance(association, Object.entries(ends), path));
}
