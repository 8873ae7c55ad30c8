/** What the endpoint does for a machine that restarts: its listeners are gone for a while. */
export interface MachineHooks {
  /** Called when the model is that of the machine after its start, and kept. */
  restart?(): void;
}
