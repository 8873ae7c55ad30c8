import type { CimInstance } from '../../cim/model/cim-instance.js';
import { endSessions as endIscsiSessions } from '../iscsi-initiator/sessions.js';
import { allOf, type MachineContext, onlyOne, removeWithTies, type WorkingContext } from '../machine.js';
import { machineTimestamp } from '../machine-time.js';
import { dropNote, findNote, note } from '../notes.js';
import { stored } from '../on-instance.js';
import { placePageFiles } from '../page-files/place-page-files.js';
import { printWhenStarted } from '../printers/spooler.js';
import { endProcess, PROCESS_CLASS } from '../process/process-rows.js';
import { ServiceRefusal } from '../service/service-code.js';
import { allServices, isMarkedForDeletion, nameOf, removeService } from '../service/service-rows.js';
import { ExitCode, shownIn, stateOf } from '../service/service-state.js';
import { startService } from '../service/start-service.js';
import { dropTemporaryShares } from '../smb/smb-shares.js';
import { checkVolumes } from '../storage/check-at-start.js';
import { attachAtStart } from '../storage-spaces/attach.js';
import { carryOutRequest } from '../tpm/presence.js';
import { encryptionAtStart } from '../volume-encryption/encryption-at-start.js';
import { applyPendingNames } from './pending-names.js';
import { moveStarted, tellStarted, tellStopped } from './restart-events.js';

/** The note of a shutdown that is to come. */
export const SHUTDOWN = 'shutdown';

/** Modes in which Windows starts a service or driver by itself, in this order. */
const STARTED = ['Boot', 'System', 'Auto'];

/**
 * What becomes of the machine when it starts again: what was in memory alone, processes and sessions, is gone, settings stay, what waited
 * for the start takes effect, and what starts by itself runs.
 */
export async function restartMachine(context: WorkingContext): Promise<void> {
  await dropNote(context, 'CIMULATOR_MachineNote', SHUTDOWN);
  await note(context, 'CIMULATOR_MachineNote', { WentDown: await machineTimestamp(context, 0) });
  const stopped = await stopServices(context);
  await tellStopped(context);
  await endSessions(context);
  await endIscsiSessions(context);
  await dropTemporaryShares(context);
  await endProcesses(context);
  await applyPendingNames(context);
  await carryOutRequest(context);
  await attachAtStart(context);
  await placePageFiles(context);
  await checkVolumes(context);
  await encryptionAtStart(context);
  await begin(context);
  await tellStarted(context);
  await startServices(stopped, context);
  await printWhenStarted(context);
}

/** The machine that was made to start begins to run at this moment, and what runs on it so far. */
export async function noteStart(context: MachineContext): Promise<void> {
  const system = await onlyOne(context, 'Win32_OperatingSystem');
  if (system) await moveStarted(system.get('LastBootUpTime'), context);
  await begin(context);
}

async function begin(context: MachineContext): Promise<void> {
  const system = await onlyOne(context, 'Win32_OperatingSystem');
  const now = await machineTimestamp(context, Number(system?.get('CurrentTimeZone') ?? 0));
  if (system) await context.store.put(system.with({ LastBootUpTime: now }));
  for (const process of await allOf(context, PROCESS_CLASS))
    await context.store.put(process.with({ CreationDate: now }));
}

/** @returns names of those that do not let themselves be stopped, as they will not after the start either */
async function stopServices(context: MachineContext): Promise<ReadonlySet<string>> {
  const unstoppable = new Set<string>();
  for (const service of await allServices(context)) {
    if (await isMarkedForDeletion(context, service)) {
      await removeService(context, stored(service));
      continue;
    }
    if (stateOf(service) !== 'Stopped' && service.get('AcceptStop') === false) unstoppable.add(nameOf(service));
    const { ProcessId: _, ...shown } = shownIn('Stopped');
    const mayPause = service.get('AcceptPause');
    // Which processes were services' is told by their ids below.
    await context.store.put(service.with({ ...shown, AcceptPause: mayPause, ExitCode: ExitCode.NeverStarted }));
  }
  return unstoppable;
}

async function endSessions(context: MachineContext): Promise<void> {
  for (const session of await allOf(context, 'Win32_LogonSession')) {
    // Those of the system and of its services begin with it.
    const type = session.get('LogonType');
    if (session.path && type !== 0 && type !== 5) await removeWithTies(context, session.path);
  }
  const computer = await onlyOne(context, 'Win32_ComputerSystem');
  if (computer?.get('UserName')) await context.store.put(computer.with({ UserName: null }));
}

/** Those stay that the start begins by itself: of the first session, nobody's in particular, no service's. */
async function endProcesses(context: MachineContext): Promise<void> {
  const ofServices = new Set((await allOf(context, 'Win32_Service')).map((one) => Number(one.get('ProcessId') ?? 0)));
  for (const process of await allOf(context, PROCESS_CLASS)) {
    const id = Number(process.get('ProcessId'));
    const isOfUser =
      Number(process.get('SessionId') ?? 0) > 0 || (await findNote(context, 'CIMULATOR_ProcessNote', String(id)));
    if (isOfUser || (id > 0 && ofServices.has(id))) await endProcess(context, id);
  }
  for (const service of await allOf(context, 'Win32_Service'))
    if (service.get('ProcessId')) await context.store.put(service.with({ ProcessId: 0 }));
}

async function startServices(unstoppable: ReadonlySet<string>, context: WorkingContext): Promise<void> {
  for (const mode of STARTED) {
    for (const { path } of (await allServices(context)).filter((one) => one.get('StartMode') === mode)) {
      // It may run by now, since another one needs it.
      const service = path && (await context.store.get(path));
      if (service && stateOf(service) === 'Stopped') await tryStart(stored(service), context);
    }
  }
  for (const service of await allServices(context))
    if (unstoppable.has(nameOf(service)) && stateOf(service) !== 'Stopped')
      await context.store.put(service.with({ AcceptStop: false }));
}

async function tryStart(service: CimInstance, context: WorkingContext): Promise<void> {
  try {
    await startService(stored(service), context);
  } catch (error) {
    if (!(error instanceof ServiceRefusal)) throw error;
    context.explain(`${nameOf(service)} did not start with the machine: ${error.message}`);
  }
}

/** Ends the sessions of those who are logged on, with what they began. */
export async function logOff(context: MachineContext): Promise<void> {
  await endSessions(context);
  for (const process of await allOf(context, PROCESS_CLASS))
    if (Number(process.get('SessionId') ?? 0) > 0) await endProcess(context, Number(process.get('ProcessId')));
  await dropNote(context, 'CIMULATOR_MachineNote', SHUTDOWN);
}
