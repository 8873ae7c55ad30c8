import { CimDateTime } from '../../cim/model/cim-date-time.js';
import { findNote } from '../notes.js';
import { stateOf } from '../service/service-state.js';
import { settle } from '../service/transitions.js';
import { millisecondsOf } from '../timestamp.js';
import { firstBegun, printFrom, type QueueWaiter } from './print-queue.js';
import { allPrinters, jobsOf, nameOf, type PrintReader, pathOf } from './printer-rows.js';

const SPOOLER = 'Spooler';

/**
 * What waits in the queues is printed once the spooler runs, and what is being printed is done at its time: services have been started, and it
 * may be among them; or nobody waits any more, since the endpoint was started anew, or its model is another one.
 */
export async function printWhenStarted(context: QueueWaiter & PrintReader): Promise<void> {
  const path = pathOf('Win32_Service', { Name: SPOOLER });
  const spooler = await context.store.get(path);
  if (!spooler || !['Start Pending', 'Continue Pending', 'Running'].includes(stateOf(spooler))) return;
  const noted = (await findNote(context, 'CIMULATOR_ServiceNote', SPOOLER))?.get('Due');
  const due = stateOf(spooler) !== 'Running' && noted instanceof CimDateTime ? (millisecondsOf(noted) ?? 0) : 0;
  for (const printer of await allPrinters(context)) {
    const name = nameOf(printer);
    const jobs = await jobsOf(context, name);
    const begun = await firstBegun(context, jobs);
    if (jobs.length > 0) printFrom(context, name, begun?.due ?? due, (later) => settle(later, path));
  }
}
