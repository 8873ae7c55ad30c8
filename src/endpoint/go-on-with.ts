import type { InstanceStore } from '../cim/contracts/instance-store.js';
import type { Namespaces } from '../cim/contracts/namespaces.js';
import type { ServedNamespace } from '../cim/create-handler.js';
import type { Logger } from '../http/logger.js';
import { CIMULATOR, CIMV2 } from '../windows/namespaces.js';
import type { MachineHooks } from '../windows/system/restart-hook.js';
import { isOfWindows } from './windows-schema/of-windows.js';

/** Of one computer. */
export interface UnfinishedParts {
  readonly namespaces: Namespaces<ServedNamespace>;
  /** No namespace of a lab fills by what is asked of it. */
  readonly whole: InstanceStore;
  readonly hooks: MachineHooks;
  readonly logger: Logger;
}

/** Notes that tell of what is under way. */
const NOTES = ['CIMULATOR_MachineNote', 'CIMULATOR_ServiceNote', 'CIMULATOR_PrintJobNote'];

/**
 * Goes on with what a computer has under way, by its state: a shutdown that is to come, services on their way, what is printed. Who began it waits for it no
 * more, since his process has ended, or since the model was another one meanwhile. What cannot be read is told to the log.
 */
export async function goOnWith({ namespaces, whole, hooks, logger }: UnfinishedParts): Promise<void> {
  try {
    const machine = namespaces.findNamespace(CIMV2);
    if (machine === undefined || (await whole.count(CIMULATOR, NOTES)).every((count) => count === 0)) return;
    if (!isOfWindows(machine.schema, 'Win32_OperatingSystem')) return;
    const { goOn } = await import('../windows/system/go-on.js');
    const { schema, now, explain, job } = machine.host;
    await goOn({ namespace: CIMV2, schema, store: whole, now, explain, job }, hooks);
  } catch (err) {
    logger.error({ err }, 'what was under way does not go on');
  }
}
