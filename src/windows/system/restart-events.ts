import { CimDateTime } from '../../cim/model/cim-date-time.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { type Caller, callerName } from '../caller-name.js';
import { eventsOf, type LoggedEvent, logEvent } from '../event-logs/log-event.js';
import { type MachineContext, onlyOne } from '../machine.js';
import { machineTimestamp } from '../machine-time.js';

const LOG = 'System';
/** The event log's own events: it stops, it says what runs, it starts. */
const STOPPED = 6006;
const SYSTEM = 6009;
const STARTED = 6005;
/** Somebody has the machine go down. */
const INITIATED = 1074;

/** Through whom a remote caller has the machine go down. */
const PROVIDER_HOST = 'C:\\Windows\\system32\\wbem\\wmiprvse.exe';

/** Tells who has the machine go down, and how. The insertion strings are those of the event of USER32. */
export async function tellInitiated(way: 'restart' | 'shutdown', context: MachineContext & Caller): Promise<void> {
  const computer = (await onlyOne(context, 'Win32_ComputerSystem'))?.getString('Name') ?? '';
  const user = context.user === undefined ? 'NT AUTHORITY\\SYSTEM' : await callerName(context);
  const what = way === 'restart' ? 'restart' : 'shutdown';
  await logEvent(context, {
    ...{ log: LOG, source: 'USER32', code: INITIATED, type: 'Information', user },
    message: `${PROVIDER_HOST} (${computer}) began the ${what} of ${computer} for ${user}.`,
    insertionStrings: [`${PROVIDER_HOST} (${computer})`, computer, '', '0x0', what, '', user],
  });
}

export async function tellStopped(context: MachineContext): Promise<void> {
  await logEvent(context, ofTheLog(STOPPED, 'The Event log service was stopped.'));
}

/** Tells that the machine has started, and as what. */
export async function tellStarted(context: MachineContext): Promise<void> {
  const system = await onlyOne(context, 'Win32_OperatingSystem');
  const [version = '', build = ''] = ['Version', 'BuildNumber'].map((name) => system?.getString(name) ?? '');
  const kind = system?.getString('BuildType') ?? '';
  await logEvent(context, ofTheLog(SYSTEM, `Microsoft (R) Windows (R) ${version} ${build} ${kind}.`));
  await logEvent(context, ofTheLog(STARTED, 'The Event log service was started.'));
}

/** Gives the events of a start that was told of before it was over the moment of its end. @param before LastBootUpTime until then */
export async function moveStarted(before: CimValue, context: MachineContext): Promise<void> {
  const time = await machineTimestamp(context, 0);
  for (const event of await eventsOf(context, LOG))
    if (isOfStart(event) && sameMoment(event.get('TimeGenerated'), before))
      await context.store.put(event.with({ TimeGenerated: time, TimeWritten: time }));
}

function ofTheLog(code: number, message: string): LoggedEvent {
  return { log: LOG, source: 'EventLog', code, type: 'Information', message };
}

function isOfStart(event: CimInstance): boolean {
  const code = event.get('EventCode');
  return event.get('SourceName') === 'EventLog' && (code === SYSTEM || code === STARTED);
}

function sameMoment(one: CimValue, other: CimValue): boolean {
  return one instanceof CimDateTime && other instanceof CimDateTime && one.microseconds === other.microseconds;
}
