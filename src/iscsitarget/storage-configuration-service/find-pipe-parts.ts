import type { InstanceContext } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { sameName } from '../../cim/model/name-map.js';
import { started } from '../../cim/operations/started.js';
import { storedPath } from '../stored-path.js';
import { findSettingTies, withOwnSettings } from './goal-setting.js';
import { BINDING_CLASS } from './port-bindings.js';

const ENDING_CLASS = 'MSISCSITARGET_EndpointOfNetworkPipe';
const PLACE_CLASS = 'CIMULATOR_HostedNetworkPipe';

/**
 * What a replication pipe consists of and goes with it: its ends with the bindings of ports to them, its place in the
 * peer network, and its setting when no other element has it. Systems, ports and the network itself stay.
 */
export async function findPipeParts(
  pipe: CimInstance,
  { store }: Pick<InstanceContext, 'store'>,
): Promise<readonly InstancePath[]> {
  const path = storedPath(pipe);
  const tied = started(store.referencing(path, { classNames: [ENDING_CLASS, PLACE_CLASS], role: 'Dependent' }));
  const settingTies = started(findSettingTies(path, { store }));
  const associations = await tied;
  const ofEnds: Promise<readonly InstancePath[]>[] = [];
  for (const association of associations) {
    const end = association.get('Antecedent');
    if (sameName(association.className, ENDING_CLASS) && end instanceof InstancePath) {
      ofEnds.push(started(withTies(end, { store })));
    }
  }
  const settings = await withOwnSettings(await settingTies, { store });
  const parts = associations.map(storedPath);
  for (const paths of ofEnds) parts.push(...(await paths));
  return [...parts, ...settings];
}

/** An end, after what binds ports to it and what ties it to its system. */
async function withTies(
  end: InstancePath,
  { store }: Pick<InstanceContext, 'store'>,
): Promise<readonly InstancePath[]> {
  const filter = { classNames: [BINDING_CLASS, 'MSISCSITARGET_HostedAccessPoint'], role: 'Dependent' };
  return [...(await store.referencing(end, filter)).map(storedPath), end];
}
