import { CimDateTime } from '../../cim/model/cim-date-time.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import {
  allOf,
  type MachineContext,
  type MachineReader,
  onlyOne,
  pathIn,
  putNew,
  removeWithTies,
  tie,
} from '../machine.js';
import { machineNow } from '../machine-time.js';
import { dropNote, findNote, note } from '../notes.js';
import { timestampOf } from '../timestamp.js';

export const PROCESS_CLASS = 'Win32_Process';
/** What is noted of a process that nothing else says. */
export const PROCESS_NOTE = 'CIMULATOR_ProcessNote';

/** What a new process takes, until somebody measures it otherwise: bytes of memory, and what hangs on to it. */
const FRESH = {
  ...{
    WorkingSetSize: 8_388_608n,
    PeakWorkingSetSize: 8192,
    VirtualSize: 2_203_400_000_000n,
    PeakVirtualSize: 2_203_400_000_000n,
  },
  ...{ PageFileUsage: 2048, PeakPageFileUsage: 2048, PrivatePageCount: 2_097_152n, ThreadCount: 4, HandleCount: 64 },
  ...{ KernelModeTime: 0n, UserModeTime: 0n, PageFaults: 2048, Priority: 8 },
  ...{ ReadOperationCount: 0n, WriteOperationCount: 0n, OtherOperationCount: 0n },
  ...{ ReadTransferCount: 0n, WriteTransferCount: 0n, OtherTransferCount: 0n },
  ...{ MinimumWorkingSetSize: 200, MaximumWorkingSetSize: 1380 },
} satisfies Readonly<Record<string, CimValue>>;

/** Working set of a new process in KiB: what of the free memory it takes. */
export const FRESH_KIB = 8192;

/** What a process that begins is made of. */
export interface NewProcess {
  readonly executablePath: string;
  readonly commandLine: string;
  readonly parent: number;
  /** `DOMAIN\user`; as Windows writes system accounts. Undefined: the one of a service, which is known by the service. */
  readonly owner?: string;
  readonly priority?: number;
  /** In milliseconds since 1970 on the machine's clock; now when left out. */
  readonly began?: number;
  /** When it ends by itself, on the same clock; when left out, it does not. */
  readonly ends?: number;
}

export function processPath(context: Pick<MachineReader, 'namespace'>, id: number): InstancePath {
  return pathIn(context, PROCESS_CLASS, { Handle: String(id) });
}

/** The id of the first process of a name; 0 when there is none. */
export async function processIdOf(context: MachineReader, name: string): Promise<number> {
  const all = await allOf(context, PROCESS_CLASS);
  const found = all.find((one) => one.getString('Name')?.toLowerCase() === name);
  return Number(found?.get('ProcessId') ?? 0);
}

/** Adds a process, with what ties it to its computer. @returns its id, which no process has had before */
export async function beginProcess(context: MachineContext, begun: NewProcess): Promise<number> {
  const id = await nextId(context);
  const [computer, system] = [
    await onlyOne(context, 'Win32_ComputerSystem'),
    await onlyOne(context, 'Win32_OperatingSystem'),
  ];
  const zone = Number(system?.get('CurrentTimeZone') ?? 0);
  const name = begun.executablePath.split('\\').at(-1) ?? begun.executablePath;
  const path = await putNew(context, PROCESS_CLASS, {
    ...FRESH,
    ...{ Handle: String(id), ProcessId: id, Name: name, Caption: name, Description: name },
    ...{
      ExecutablePath: begun.executablePath,
      CommandLine: begun.commandLine,
      ParentProcessId: begun.parent,
      SessionId: 0,
    },
    ...{
      CreationClassName: PROCESS_CLASS,
      CSCreationClassName: 'Win32_ComputerSystem',
      CSName: computer?.get('Name') ?? null,
    },
    ...{ OSCreationClassName: 'Win32_OperatingSystem', OSName: system?.get('Name') ?? null },
    WindowsVersion: system?.get('Version') ?? null,
    CreationDate: timestampOf(begun.began ?? (await machineNow(context)), zone),
    ...(begun.priority !== undefined && { Priority: begun.priority }),
  });
  await tie(context, 'Win32_SystemProcesses', { GroupComponent: computer?.path, PartComponent: path });
  const noted = {
    ...(begun.owner !== undefined && { Owner: begun.owner }),
    ...(begun.ends !== undefined && { Ends: CimDateTime.fromDate(new Date(begun.ends)) }),
  };
  if (Object.keys(noted).length > 0) await note(context, PROCESS_NOTE, noted, String(id));
  return id;
}

/** Takes a process away, with all that ties it to others. Those that it began stay. */
export async function endProcess(context: MachineContext, id: number): Promise<void> {
  await removeWithTies(context, processPath(context, id));
  await dropNote(context, PROCESS_NOTE, String(id));
}

/** Ids are multiples of 4, and not given twice: that of a process that has ended is no other's. */
async function nextId(context: MachineContext): Promise<number> {
  const noted = await findNote(context, 'CIMULATOR_MachineNote');
  let last = Number(noted?.get('LastProcessId') ?? 0);
  for (const one of await allOf(context, PROCESS_CLASS)) last = Math.max(last, Number(one.get('ProcessId')));
  const id = last - (last % 4) + 4;
  await note(context, 'CIMULATOR_MachineNote', { LastProcessId: id });
  return id;
}
