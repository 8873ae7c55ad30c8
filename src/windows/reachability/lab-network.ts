import type { InstanceReader } from '../../cim/contracts/instance-store.js';

/** A computer of a lab, as others find it on the network. */
export interface LabComputer {
  /** Whether the lab calls it so: by its name, an alias or a short name. */
  isCalled(name: string): boolean;
  /** Whether it runs: one that restarts, or is switched off, answers nobody. */
  isUp(): boolean;
  /** Its state, as it sees it itself. */
  readonly store: InstanceReader;
}

/** The network that the computers of a lab share. */
export interface LabNetwork {
  computers(): readonly LabComputer[];
}
