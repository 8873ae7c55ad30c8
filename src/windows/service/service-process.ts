import type { CimInstance } from '../../cim/model/cim-instance.js';
import { programOf } from '../executables.js';
import { allOf, type MachineContext } from '../machine.js';
import { stored } from '../on-instance.js';
import { beginProcess, endProcess, processIdOf } from '../process/process-rows.js';
import { isMarkedForDeletion, isSame, removeService, SERVICE_CLASS } from './service-rows.js';
import { ExitCode, shownIn, stateOf } from './service-state.js';

/** Drivers run in the kernel. */
export function hasProcess(service: CimInstance): boolean {
  return isSame(service.className, SERVICE_CLASS);
}

/** Gives a service that starts its process: that of services of the same command line, or one of its own. @returns its id */
export async function enterProcess(
  context: MachineContext,
  service: CimInstance,
  executablePath: string,
): Promise<number> {
  const commandLine = service.getString('PathName') ?? executablePath;
  if (service.getString('ServiceType') !== 'Own Process') {
    const shared = (await allOf(context, SERVICE_CLASS)).find(
      (other) => Number(other.get('ProcessId')) > 0 && isSame(other.getString('PathName'), commandLine),
    );
    if (shared) return Number(shared.get('ProcessId'));
  }
  return beginProcess(context, { executablePath, commandLine, parent: await processIdOf(context, 'services.exe') });
}

/** Ends the process of a service that has stopped, unless others run in it. The service is stored as stopped by then. */
export async function leaveProcess(context: MachineContext, id: number): Promise<void> {
  if (id === 0) return;
  const others = (await allOf(context, SERVICE_CLASS)).some((other) => other.get('ProcessId') === id);
  if (!others) await endProcess(context, id);
}

/** A process has ended by itself: the services in it have stopped. */
export async function noticeEndOfProcess(context: MachineContext, id: number): Promise<void> {
  for (const service of await allOf(context, SERVICE_CLASS)) {
    if (service.get('ProcessId') !== id || stateOf(service) === 'Stopped') continue;
    if (await isMarkedForDeletion(context, service)) await removeService(context, stored(service));
    else await context.store.put(service.with({ ...shownIn('Stopped'), ExitCode: ExitCode.ServiceDied }));
  }
}

/** The program of a service's command line. */
export function serviceProgram(service: CimInstance): string | undefined {
  return programOf(service.getString('PathName') ?? '');
}
