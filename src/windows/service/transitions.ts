import { CimDateTime } from '../../cim/model/cim-date-time.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import type { MachineContext, WorkingContext } from '../machine.js';
import { findNote, note } from '../notes.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { until } from '../until.js';
import { leaveProcess } from './service-process.js';
import { isMarkedForDeletion, nameOf, removeService } from './service-rows.js';
import { isPending, type LastingState, type PendingState, shownIn, stateOf } from './service-state.js';

/** What becomes of a service on its way somewhere. */
const LEADS_TO: Readonly<Record<PendingState, LastingState>> = {
  'Start Pending': 'Running',
  'Continue Pending': 'Running',
  'Stop Pending': 'Stopped',
  'Pause Pending': 'Paused',
};

/** How long a service is on its way, in milliseconds: what the lab stores as its WaitHint; 0, at once, where it stores nothing. */
export function transitionTime(service: CimInstance): number {
  return Number(service.get('WaitHint') ?? 0);
}

/**
 * Sends a service to a state, by way of the pending one when that takes time. What takes time goes on by itself after the method that
 * asked for it, on the endpoint's clock.
 */
export async function pass(service: StoredInstance, way: PendingState, context: WorkingContext): Promise<void> {
  const time = transitionTime(service);
  const pending = service.with({ ...shownIn(way), CheckPoint: 1 });
  if (time === 0) {
    await arrive(context, stored(pending));
    return;
  }
  const due = context.now() + time;
  await context.store.put(pending);
  await note(context, 'CIMULATOR_ServiceNote', { Due: CimDateTime.fromDate(new Date(due)) }, nameOf(service));
  awaitArrival(service.path, due, context);
}

/** Has a service that is on its way arrive when it is due, in milliseconds since 1970 by the endpoint's clock. */
export function awaitArrival(
  path: InstancePath,
  due: number,
  { namespace, schema, now, job }: Pick<WorkingContext, 'namespace' | 'schema' | 'now' | 'job'>,
): void {
  job(async ({ transaction, signal }) => {
    await until(due, now, signal);
    await transaction((store) => settle({ namespace, schema, store, now }, path));
  });
}

/** The service at a path, as it is by now: one whose time on the way is over has arrived, be it that nobody noticed. */
export async function settle(context: MachineContext, path: InstancePath): Promise<CimInstance | undefined> {
  const service = await context.store.get(path);
  if (!service || !isPending(service)) return service;
  const due = (await findNote(context, 'CIMULATOR_ServiceNote', nameOf(service)))?.get('Due');
  if (due instanceof CimDateTime && Number(due.microseconds ?? 0n) / 1000 > context.now()) return service;
  await arrive(context, stored(service));
  return context.store.get(path);
}

async function arrive(context: MachineContext, service: StoredInstance): Promise<void> {
  const state = LEADS_TO[stateOf(service) as PendingState];
  const processId = Number(service.get('ProcessId') ?? 0);
  await context.store.put(service.with(shownIn(state)));
  if (state !== 'Stopped') return;
  await leaveProcess(context, processId);
  if (await isMarkedForDeletion(context, service)) await removeService(context, service);
}
