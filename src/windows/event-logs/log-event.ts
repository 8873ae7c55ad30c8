import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { type MachineContext, onlyOne, pathIn } from '../machine.js';
import { machineTimestamp } from '../machine-time.js';

export const EVENT_CLASS = 'Win32_NTLogEvent';

/** What an event tells. */
export interface LoggedEvent {
  /** The log's name: `System`. */
  readonly log: string;
  readonly source: string;
  readonly code: number;
  readonly type: keyof typeof EVENT_TYPES;
  readonly message: string;
  readonly insertionStrings?: readonly string[];
  readonly user?: string | undefined;
}

const EVENT_TYPES = { Error: 1, Warning: 2, Information: 3, 'Audit Success': 4, 'Audit Failure': 5 } as const;

/** The events of a log, in the order in which they were written. */
export async function eventsOf(
  { namespace, store }: { readonly namespace: string; readonly store: Pick<MachineContext['store'], 'findEqual'> },
  log: string,
): Promise<readonly CimInstance[]> {
  return (await store.findEqual(namespace, [EVENT_CLASS], 'Logfile', log)) ?? [];
}

/** Writes an event at the end of a log. */
export async function logEvent(context: MachineContext, event: LoggedEvent): Promise<void> {
  const computer = await onlyOne(context, 'Win32_ComputerSystem');
  const time = await machineTimestamp(context, 0);
  const last = (await eventsOf(context, event.log)).reduce(
    (highest, one) => Math.max(highest, Number(one.get('RecordNumber') ?? 0)),
    0,
  );
  const keys = { Logfile: event.log, RecordNumber: last + 1 };
  const values: Record<string, CimValue> = {
    ...keys,
    ...{ SourceName: event.source, EventCode: event.code, EventIdentifier: event.code, Category: 0 },
    ...{ Type: event.type, EventType: EVENT_TYPES[event.type], Message: event.message },
    ...{ InsertionStrings: event.insertionStrings ?? null, User: event.user ?? null },
    ...{ ComputerName: fullNameOf(computer), TimeGenerated: time, TimeWritten: time },
  };
  const path = pathIn(context, EVENT_CLASS, keys);
  await context.store.put(new CimInstance(EVENT_CLASS, Object.entries(values), path));
}

/** With the domain that the computer is in. */
function fullNameOf(computer: CimInstance | undefined): string | null {
  const name = computer?.getString('Name') ?? null;
  return computer?.get('PartOfDomain') === true ? `${name}.${computer.getString('Domain')}` : name;
}
