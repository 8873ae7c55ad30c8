import type { CimInstance } from '../cim/cim-instance.js';
import { InstancePath } from '../cim/instance-path.js';
import type { InstanceContext } from '../cim/provider.js';
import { removeUnreferenced } from '../cim/remove-unreferenced.js';
import { removeSettings } from './goal-setting.js';
import { BINDING_CLASS } from './port-bindings.js';
import { storedPath } from './stored-path.js';

/**
 * Removes what a replication pipe consists of: its ends with the bindings of ports to them, its place in the peer
 * network, and its setting when no other element has it. Systems, ports and the network itself stay.
 *
 * @throws CimError Failed when something that is no part of the pipe refers to one of its ends
 */
export async function removePipeParts(pipe: CimInstance, { store }: Pick<InstanceContext, 'store'>): Promise<void> {
  const path = storedPath(pipe);
  const remove = async (className: string, dependent: InstancePath) => {
    const associations = await store.referencing(dependent, { classNames: [className], role: 'Dependent' });
    for (const association of associations) await removeUnreferenced(storedPath(association), store);
    return associations;
  };
  for (const ending of await remove('MSISCSITARGET_EndpointOfNetworkPipe', path)) {
    const end = ending.get('Antecedent');
    if (!(end instanceof InstancePath)) continue;
    await remove(BINDING_CLASS, end);
    await remove('MSISCSITARGET_HostedAccessPoint', end);
    await removeUnreferenced(end, store);
  }
  await remove('CIMULATOR_HostedNetworkPipe', path);
  await removeSettings(path, { store });
}
