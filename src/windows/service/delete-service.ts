import type { MethodContext } from '../../cim/contracts/provider.js';
import { note } from '../notes.js';
import type { StoredInstance } from '../on-instance.js';
import { ServiceRefusal } from './service-code.js';
import { isMarkedForDeletion, nameOf, removeService } from './service-rows.js';
import { stateOf } from './service-state.js';

/** Deletes a service; one that runs when it has stopped. @throws ServiceRefusal for one that is to be deleted already */
export async function deleteService(service: StoredInstance, context: MethodContext): Promise<void> {
  if (await isMarkedForDeletion(context, service))
    throw new ServiceRefusal('ServiceMarkedForDeletion', `${nameOf(service)} is to be deleted when it has stopped`);
  if (stateOf(service) === 'Stopped') await removeService(context, service);
  else await note(context, 'CIMULATOR_ServiceNote', { MarkedForDeletion: true }, nameOf(service));
}
