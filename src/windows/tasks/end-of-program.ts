import { CimDateTime } from '../../cim/model/cim-date-time.js';
import { instancesIn } from '../derived-rows.js';
import type { MachineContext } from '../machine.js';
import { machineNow } from '../machine-time.js';
import { NOTES_NAMESPACE } from '../notes.js';
import { millisecondsOf } from '../timestamp.js';
import { processIdsOf } from './task-runs.js';

/** A process has ended by itself: the task that began it is over when it has no other, with what it ended with. */
export async function noticeEndOfProgram(context: MachineContext, id: number, result: number): Promise<void> {
  const now = await machineNow(context);
  const place = { namespace: NOTES_NAMESPACE, className: 'CIMULATOR_TaskNote' };
  for (const task of await instancesIn(context.store, place)) {
    const ids = processIdsOf(task);
    if (!ids.includes(id)) continue;
    const ProcessIds = ids.filter((one) => one !== id);
    const isOver = ProcessIds.length === 0 && (millisecondsOf(task.get('Ends')) ?? 0) > now;
    const end = { Ends: CimDateTime.fromDate(new Date(now)), Result: result };
    await context.store.put(task.with({ ProcessIds, ...(isOver && end) }));
  }
}
