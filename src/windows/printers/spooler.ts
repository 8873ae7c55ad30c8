import { CimDateTime } from '../../cim/model/cim-date-time.js';
import type { WorkingContext } from '../machine.js';
import { findNote } from '../notes.js';
import { stateOf } from '../service/service-state.js';
import { settle } from '../service/transitions.js';
import { millisecondsOf } from '../timestamp.js';
import { until } from '../until.js';
import { advance } from './print-queue.js';
import { allPrinters, jobsOf, nameOf, pathOf } from './printer-rows.js';

const SPOOLER = 'Spooler';

/** Services have been started: where the spooler is among them, what waits in the queues is printed once it runs. */
export async function printWhenStarted(context: WorkingContext): Promise<void> {
  const path = pathOf('Win32_Service', { Name: SPOOLER });
  const spooler = await context.store.get(path);
  if (!spooler || !['Start Pending', 'Continue Pending', 'Running'].includes(stateOf(spooler))) return;
  const noted = (await findNote(context, 'CIMULATOR_ServiceNote', SPOOLER))?.get('Due');
  const due = stateOf(spooler) !== 'Running' && noted instanceof CimDateTime ? (millisecondsOf(noted) ?? 0) : 0;
  const { namespace, schema, now } = context;
  for (const printer of await allPrinters(context)) {
    const name = nameOf(printer);
    if ((await jobsOf(context, name)).length === 0) continue;
    context.job(async ({ transaction, signal }) => {
      let next: number | undefined = due;
      while (next !== undefined) {
        await until(next, now, signal);
        next = await transaction(async (store) => {
          const later = { namespace, schema, store, now };
          await settle(later, path);
          return advance(later, name);
        });
      }
    });
  }
}
