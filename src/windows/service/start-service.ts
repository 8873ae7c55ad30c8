import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { findProgram } from '../executables.js';
import type { WorkingContext } from '../machine.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { accountState } from './service-account.js';
import { ServiceCode, ServiceRefusal } from './service-code.js';
import { enterProcess, hasProcess, serviceProgram } from './service-process.js';
import { dependenciesOf, findService, isMarkedForDeletion, nameOf } from './service-rows.js';
import { ExitCode, stateOf } from './service-state.js';
import { pass, settle, transitionTime } from './transitions.js';

/** Windows gives up on a service that has not said that it runs after so many milliseconds. */
const LONGEST_START = 30_000;

/** Starts a service, and before it whatever it needs. @throws ServiceRefusal */
export async function startService(service: StoredInstance, context: WorkingContext): Promise<void> {
  await start(service, context, []);
}

async function start(
  service: StoredInstance,
  context: WorkingContext,
  waiting: readonly InstancePath[],
): Promise<void> {
  const name = nameOf(service);
  if (await isMarkedForDeletion(context, service))
    throw new ServiceRefusal('ServiceMarkedForDeletion', `${name} is to be deleted`);
  if (stateOf(service) !== 'Stopped')
    throw new ServiceRefusal('ServiceAlreadyRunning', `${name} is ${stateOf(service)}`);
  if (service.get('StartMode') === 'Disabled') throw new ServiceRefusal('ServiceDisabled', `${name} is disabled`);
  if (waiting.some((one) => one.equals(service.path)))
    throw new ServiceRefusal('CircularDependency', `${name} needs itself`);
  for (const path of await dependenciesOf(context, service.path))
    await startNeeded(path, service, context, [...waiting, service.path]);
  await checkAccount(service, context);
  const executable = await findExecutable(service, context);
  if (transitionTime(service) > LONGEST_START)
    throw new ServiceRefusal('ServiceRequestTimeout', `${name} takes longer than ${LONGEST_START} ms`);
  const started = service.with({ AcceptStop: true, ExitCode: ExitCode.NoError, ServiceSpecificExitCode: 0 });
  const ProcessId = hasProcess(service) ? { ProcessId: await enterProcess(context, service, executable) } : {};
  await pass(stored(started.with(ProcessId)), 'Start Pending', context);
}

async function startNeeded(
  path: InstancePath,
  by: CimInstance,
  context: WorkingContext,
  waiting: readonly InstancePath[],
): Promise<void> {
  const found = await findService(context, path);
  const needed = found && (await settle(context, found.path));
  if (!needed || (await isMarkedForDeletion(context, needed)))
    throw new ServiceRefusal('ServiceDependencyDeleted', `${nameOf(by)} needs ${path}, which is not there`);
  if (stateOf(needed) === 'Running' || stateOf(needed) === 'Start Pending') return;
  try {
    await start(stored(needed), context, waiting);
  } catch (error) {
    if (!(error instanceof ServiceRefusal) || error.returnValue === ServiceCode.CircularDependency) throw error;
    throw new ServiceRefusal('ServiceDependencyFailure', `${nameOf(by)} needs ${nameOf(needed)}: ${error.message}`);
  }
}

async function checkAccount(service: CimInstance, context: WorkingContext): Promise<void> {
  const account = service.getString('StartName') ?? '';
  if (!hasProcess(service) || (await accountState(context, account)) === 'usable') return;
  throw new ServiceRefusal('ServiceLogonFailed', `${account}, as which ${nameOf(service)} runs, cannot log on`);
}

async function findExecutable(service: CimInstance, context: WorkingContext): Promise<string> {
  const program = serviceProgram(service);
  const found = program === undefined ? undefined : await findProgram(context, program);
  if (found) return found.path;
  throw new ServiceRefusal('PathNotFound', `no CIM_DataFile is named ${program}, as ${nameOf(service)} wants it`);
}
