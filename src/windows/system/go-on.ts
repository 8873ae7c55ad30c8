import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import { instancesIn } from '../derived-rows.js';
import { pathIn } from '../machine.js';
import { NOTES_NAMESPACE } from '../notes.js';
import { printWhenStarted } from '../printers/spooler.js';
import { isPending } from '../service/service-state.js';
import { awaitArrival } from '../service/transitions.js';
import { millisecondsOf } from '../timestamp.js';
import type { MachineHooks } from './restart-hook.js';
import { awaitShutdown, type WaitingContext } from './shutdown.js';

/** Classes of what may be on its way somewhere. */
const SERVICE_CLASSES = ['Win32_Service', 'Win32_SystemDriver'];

/**
 * Waits again for what is under way by the notes of a computer: its shutdown, services on their way, and what is printed. Processes of
 * scheduled tasks and jobs of storage need nobody who waits.
 */
export async function goOn(
  context: WaitingContext & { readonly store: InstanceReader },
  hooks: MachineHooks,
): Promise<void> {
  await awaitShutdown(context, hooks);
  const notes = await instancesIn(context.store, {
    namespace: NOTES_NAMESPACE,
    className: 'CIMULATOR_ServiceNote',
  });
  for (const note of notes) {
    const due = millisecondsOf(note.get('Due'));
    if (due === undefined) continue;
    const paths = SERVICE_CLASSES.map((one) => pathIn(context, one, { Name: note.getString('Name') ?? '' }));
    const found = (await context.store.getMany(paths)).find((one) => one && isPending(one));
    if (found?.path) awaitArrival(found.path, due, context);
  }
  await printWhenStarted(context);
}
