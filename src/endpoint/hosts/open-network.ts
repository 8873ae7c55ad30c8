import type { InstanceStore } from '../../cim/contracts/instance-store.js';
import type { HostNames } from '../../cim/hosts/host-names.js';
import type { LabComputer, LabNetwork } from '../../windows/reachability/lab-network.js';
import type { Power } from '../power.js';

/** A computer on its way to be there. */
export interface NetworkMember {
  /** Undefined for the only one, without a name. */
  readonly name: string | undefined;
  /** The state as it sees it. */
  readonly store: InstanceStore;
  readonly power: Pick<Power, 'state'>;
}

/** A network that computers are added to while they are prepared: nobody asks before all are there. */
export interface OpenNetwork extends LabNetwork {
  add(member: NetworkMember): void;
}

export function openNetwork(names: HostNames): OpenNetwork {
  const computers: LabComputer[] = [];
  return {
    computers: () => computers,
    add({ name, store, power }) {
      computers.push({
        isCalled: (asked) => name !== undefined && names.find(asked)?.name === name,
        isUp: () => power.state === 'on',
        store,
      });
    },
  };
}
