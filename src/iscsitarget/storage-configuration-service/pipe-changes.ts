import type { InstanceContext } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { started } from '../../cim/operations/started.js';

/** What a method will write, gathered so that it is written at once. */
export interface PipeChanges {
  readonly put: CimInstance[];
  readonly remove: InstancePath[];
}

export async function writeChanges(
  { put, remove }: PipeChanges,
  { store }: Pick<InstanceContext, 'store'>,
): Promise<void> {
  const writing = put.length > 0 ? started(store.putMany(put)) : undefined;
  if (remove.length > 0) await store.deleteMany(remove);
  await writing;
}
