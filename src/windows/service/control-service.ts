import type { WorkingContext } from '../machine.js';
import type { StoredInstance } from '../on-instance.js';
import { ServiceRefusal } from './service-code.js';
import { dependentsOf, findService, nameOf } from './service-rows.js';
import { isPending, stateOf } from './service-state.js';
import { pass } from './transitions.js';

/** Of a service that runs nobody asks in vain. @throws ServiceRefusal for one that is stopped, or on the way */
function checkHears(service: StoredInstance): void {
  if (stateOf(service) !== 'Stopped' && !isPending(service)) return;
  throw new ServiceRefusal('ServiceCannotAcceptControl', `${nameOf(service)} is ${stateOf(service)}`);
}

function checkAccepts(service: StoredInstance, property: 'AcceptStop' | 'AcceptPause'): void {
  if (service.get(property) === true) return;
  throw new ServiceRefusal('InvalidServiceControl', `${property} of ${nameOf(service)} is not true`);
}

/** @throws ServiceRefusal */
export async function stopService(service: StoredInstance, context: WorkingContext): Promise<void> {
  checkHears(service);
  for (const path of await dependentsOf(context, service.path)) {
    const dependent = await findService(context, path);
    if (!dependent || stateOf(dependent) === 'Stopped') continue;
    throw new ServiceRefusal('DependentServicesRunning', `${nameOf(dependent)} needs ${nameOf(service)}, and runs`);
  }
  checkAccepts(service, 'AcceptStop');
  await pass(service, 'Stop Pending', context);
}

/** @throws ServiceRefusal */
export async function pauseService(service: StoredInstance, context: WorkingContext): Promise<void> {
  checkHears(service);
  if (stateOf(service) === 'Paused') throw new ServiceRefusal('ServicePaused', `${nameOf(service)} is paused`);
  checkAccepts(service, 'AcceptPause');
  await pass(service, 'Pause Pending', context);
}

/** One that runs goes on as it is. @throws ServiceRefusal */
export async function resumeService(service: StoredInstance, context: WorkingContext): Promise<void> {
  checkHears(service);
  checkAccepts(service, 'AcceptPause');
  if (stateOf(service) === 'Paused') await pass(service, 'Continue Pending', context);
}

/** Asks a service for its state; it is settled by then. @throws ServiceRefusal */
export async function interrogateService(service: StoredInstance): Promise<void> {
  checkHears(service);
}

/** Codes below are those of the system, which it does not let others send. */
const FIRST_USER_CODE = 128;

/** No service of a lab takes codes of its own. @throws ServiceRefusal in any case */
export async function userControlService(service: StoredInstance, code: unknown): Promise<void> {
  if (typeof code !== 'number' || code < FIRST_USER_CODE)
    throw new ServiceRefusal(
      'InvalidParameter',
      `${String(code)} is no code of a user: those are ${FIRST_USER_CODE} to 255`,
    );
  checkHears(service);
  throw new ServiceRefusal('InvalidServiceControl', `${nameOf(service)} knows no code ${code}`);
}
