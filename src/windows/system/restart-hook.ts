import type { LabNetwork } from '../reachability/lab-network.js';

/** What the endpoint does for a machine that goes down, whose listeners are gone for a while, or until somebody starts it; and whom it can reach. */
export interface MachineHooks {
  /** The computers that it shares a network with. */
  readonly network?: LabNetwork | undefined;
  /**
   * Called when the model is that of the machine after its start, and kept.
   *
   * @param started to be called when the machine is there again: that is when it has begun to run
   */
  goDown?(way: 'restart' | 'shutdown', started: () => Promise<void>): void;
}
