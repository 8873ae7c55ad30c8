import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';

/** The states in which a service stays. */
export type LastingState = 'Stopped' | 'Running' | 'Paused';

/** On the way to one of them. */
export type PendingState = 'Start Pending' | 'Stop Pending' | 'Pause Pending' | 'Continue Pending';

export type ServiceState = LastingState | PendingState;

/** Ends of a service, as Windows numbers them: it has not been started since the start, its process ended by itself. */
export const ExitCode = { NoError: 0, ServiceDied: 1067, NeverStarted: 1077 } as const;

export function stateOf(service: CimInstance): ServiceState {
  return (service.getString('State') ?? 'Stopped') as ServiceState;
}

export function isPending(service: CimInstance): boolean {
  return stateOf(service).endsWith(' Pending');
}

/** What a service shows in a state, besides what is its own. Whether it may be stopped or paused is kept while it runs. */
export function shownIn(state: ServiceState): Readonly<Record<string, CimValue>> {
  const isStopped = state === 'Stopped';
  const isLasting = !state.endsWith(' Pending');
  return {
    State: state,
    Started: !isStopped,
    Status: state === 'Start Pending' ? 'Starting' : state === 'Stop Pending' ? 'Stopping' : 'OK',
    ...(isStopped && { AcceptStop: false, AcceptPause: false, ProcessId: 0 }),
    ...(isLasting && { CheckPoint: 0 }),
  };
}

/** Modes of starting, as methods take them and as the property shows them. */
const MODES: Readonly<Record<string, string>> = {
  boot: 'Boot',
  system: 'System',
  automatic: 'Auto',
  manual: 'Manual',
  disabled: 'Disabled',
};

/** `Auto` of `Automatic`; undefined for a mode that there is not. */
export function startModeOf(given: string): string | undefined {
  return MODES[given.toLowerCase()];
}
