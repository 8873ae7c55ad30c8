import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { isCimArray } from '../../cim/model/cim-value.js';
import { onlyOne } from '../machine.js';
import { machineNow } from '../machine-time.js';
import { CIMV2 } from '../namespaces.js';
import { findNote } from '../notes.js';
import { millisecondsOf } from '../timestamp.js';
import { outcomeOf, RunResult } from './task-outcome.js';
import { embedded, embeddedAll, INFO_CLASS, placeIn, taskPath, uriOf } from './task-rows.js';
import { type Times, type TriggerClock, timesOf } from './trigger-times.js';

/** States of a task (MS-TSCH 2.3.13). */
export const TaskState = { unknown: 0, disabled: 1, queued: 2, ready: 3, running: 4 } as const;

/** More missed runs are not counted. */
const MOST_MISSED = 1000;

/** A run of a task, in milliseconds since 1970 on the computer's clock. */
export interface Run {
  readonly began: number;
  readonly ends: number;
  readonly result: number;
}

/** What is known of a task at a moment. */
export interface TaskRuns {
  readonly now: number;
  /** Minutes east of UTC. */
  readonly zone: number;
  readonly last: Run | undefined;
  readonly isRunning: boolean;
  readonly next: number | undefined;
  readonly missed: number;
}

type Clock = { now(): number; readonly store: InstanceReader };

export function isEnabled(task: CimInstance): boolean {
  return embedded(task, 'Settings')?.get('Enabled') !== false;
}

/**
 * When a task ran last, whether it runs and when it does again: what was noted of a run by hand, and of its triggers what the clock
 * makes of them. Triggers fire while the computer runs and the task is enabled; what they began is not noted anywhere.
 */
export async function runsOf(task: CimInstance, clock: Clock): Promise<TaskRuns> {
  const { store } = clock;
  const [system, note, machine, info, now] = await Promise.all([
    onlyOne({ store, namespace: CIMV2 }, 'Win32_OperatingSystem'),
    findNote({ store }, 'CIMULATOR_TaskNote', uriOf(task)),
    findNote({ store }, 'CIMULATOR_MachineNote'),
    store.get(taskPath(placeIn(task), INFO_CLASS)),
    machineNow(clock),
  ]);
  const [zone, booted] = [Number(system?.get('CurrentTimeZone') ?? 0), millisecondsOf(system?.get('LastBootUpTime'))];
  const down = millisecondsOf(machine?.get('WentDown'));
  const since = millisecondsOf(note?.get('Since')) ?? Number.NEGATIVE_INFINITY;
  const gap = down !== undefined && booted !== undefined && down < booted ? { down, booted } : undefined;
  const triggers = isEnabled(task)
    ? triggersOf(task, { zone, booted, registered: millisecondsOf(note?.get('Registered')) })
    : [];
  const fired = triggers.flatMap((times) => lastIn(times, { now, since, gap }) ?? []);
  const missed = gap ? missedIn(triggers, Math.max(gap.down, since), gap.booted) : 0;
  const makesUpFor = missed > 0 && embedded(task, 'Settings')?.get('StartWhenAvailable') === true;
  if (gap && makesUpFor) fired.push(gap.booted);
  const triggered = fired.length > 0 ? await runFrom(Math.max(...fired), task, note, store) : undefined;
  const runs = [notedRun(note), ranBefore(info), triggered].flatMap((run) => run ?? []);
  const [last] = runs.map((run) => cutByStart(run, booted)).sort((one, other) => other.began - one.began);
  const nexts = triggers.flatMap((times) => times.after(Math.max(now, since)) ?? []);
  return {
    ...{ now, zone, last, isRunning: last !== undefined && last.began <= now && now < last.ends },
    next: nexts.length > 0 ? Math.min(...nexts) : undefined,
    missed: gap && last && last.began >= gap.booted ? 0 : missed,
  };
}

/** Processes of what a task runs, as its note has them. */
export function processIdsOf(note: CimInstance | undefined): readonly number[] {
  const ids = note?.get('ProcessIds') ?? [];
  return isCimArray(ids) ? ids.map(Number) : [];
}

function triggersOf(task: CimInstance, clock: TriggerClock): readonly Times[] {
  return embeddedAll(task, 'Triggers').flatMap((trigger) => timesOf(trigger, clock) ?? []);
}

interface Period {
  readonly now: number;
  readonly since: number;
  readonly gap: { readonly down: number; readonly booted: number } | undefined;
}

/** The last time that counts: while the computer was down nothing began. */
function lastIn(times: Times, { now, since, gap }: Period): number | undefined {
  const last = times.before(now);
  const isMissed = gap !== undefined && last !== undefined && last > gap.down && last < gap.booted;
  const counted = isMissed ? times.before(gap.down) : last;
  return counted !== undefined && counted >= since ? counted : undefined;
}

function missedIn(triggers: readonly Times[], from: number, to: number): number {
  let count = 0;
  for (const times of triggers)
    for (let at = times.after(from); at !== undefined && at < to && count < MOST_MISSED; at = times.after(at))
      count += 1;
  return count;
}

function notedRun(note: CimInstance | undefined): Run | undefined {
  const [began, ends] = [millisecondsOf(note?.get('Began')), millisecondsOf(note?.get('Ends'))];
  return began === undefined || ends === undefined
    ? undefined
    : { began, ends, result: Number(note?.get('Result') ?? 0) };
}

async function runFrom(
  began: number,
  task: CimInstance,
  note: CimInstance | undefined,
  store: InstanceReader,
): Promise<Run> {
  const { time, result } = await outcomeOf(task, note, store);
  return { began, ends: began + time, result };
}

/** What the lab says of a run before it began. */
function ranBefore(info: CimInstance | undefined): Run | undefined {
  const began = millisecondsOf(info?.get('LastRunTime'));
  return began === undefined ? undefined : { began, ends: began, result: Number(info?.get('LastTaskResult') ?? 0) };
}

function cutByStart(run: Run, booted: number | undefined): Run {
  const isCut = booted !== undefined && run.began < booted && booted < run.ends;
  return isCut ? { ...run, ends: booted, result: RunResult.shutDown } : run;
}
