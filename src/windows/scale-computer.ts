import { CimInstance } from '../cim/model/cim-instance.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import { foldName } from '../cim/model/name-map.js';

/** How many of some classes a computer is to have, in all; what is left out stays as it is. */
export interface ComputerScale {
  readonly services?: number | undefined;
  readonly processes?: number | undefined;
}

/** A fraction from 0 to less than 1, the same one for the same number. */
export type Fraction = (row: string, count: number) => number;

const SERVICE = 'Win32_Service';
const PROCESS = 'Win32_Process';

/** Process ids of Windows are multiples of four. */
const STEP = 4;

/** What services of an invented maker are about, and what they are. */
const SUBJECTS = ['Backup', 'Inventory', 'License', 'Metering', 'Monitor', 'Print', 'Replica', 'Report', 'Session'];
const KINDS = ['Agent', 'Broker', 'Collector', 'Host', 'Scheduler', 'Watcher'];

/**
 * A computer of a lab with as many services and processes as are wanted, in all; of one that has more none is taken away. They hold together
 * with what there is: services that run share a process of it, processes belong to what runs services, and the system counts them.
 */
export function scaleComputer(
  instances: readonly CimInstance[],
  { services = 0, processes = 0 }: ComputerScale,
  fraction: Fraction,
): readonly CimInstance[] {
  const of = (className: string) => instances.filter((one) => foldName(one.className) === foldName(className));
  const [system] = of('Win32_ComputerSystem');
  if (system?.path === undefined) return instances;
  const [hadServices, hadProcesses] = [of(SERVICE), of(PROCESS)];
  const newServices = moreServices(services - hadServices.length, system, hadServices, fraction);
  const newProcesses = moreProcesses(processes - hadProcesses.length, system, hadProcesses);
  const total = hadProcesses.length + newProcesses.length;
  const counted = instances.map((one) =>
    newProcesses.length > 0 && foldName(one.className) === foldName('Win32_OperatingSystem')
      ? one.with({ NumberOfProcesses: total })
      : one,
  );
  return [
    ...counted,
    ...newServices.flatMap((one) => [one, tied('Win32_SystemServices', system, one)]),
    ...newProcesses.flatMap((one) => [one, tied('Win32_SystemProcesses', system, one)]),
  ];
}

function moreServices(
  count: number,
  system: CimInstance,
  there: readonly CimInstance[],
  fraction: Fraction,
): readonly CimInstance[] {
  const shared = there.filter((one) => one.get('State') === 'Running' && one.get('ServiceType') === 'Share Process');
  return numbered(count).map((at) => {
    const pick = <T>(row: string, from: readonly T[]) => from[Math.floor(fraction(`${row} ${at}`, at) * from.length)];
    const host = pick('host', shared);
    const mode = ['Auto', 'Auto', 'Manual', 'Manual', 'Manual', 'Disabled'][Math.floor(fraction('mode', at) * 6)];
    const isRunning = host !== undefined && (mode === 'Auto' || (mode === 'Manual' && fraction('run', at) < 0.3));
    const words = [pick('subject', SUBJECTS), pick('kind', KINDS), String(at).padStart(4, '0')];
    const name = `Contoso${words.join('')}`;
    const title = `Contoso ${words.join(' ')}`;
    return made(
      system,
      SERVICE,
      { Name: name },
      {
        ...{ Caption: title, DisplayName: title, CreationClassName: SERVICE, SystemName: system.get('Name') },
        ...{ SystemCreationClassName: 'Win32_ComputerSystem', StartMode: mode ?? 'Manual' },
        ...{ State: isRunning ? 'Running' : 'Stopped', Started: isRunning, Status: 'OK' },
        ...{ ProcessId: isRunning ? host.get('ProcessId') : 0, ServiceType: 'Share Process' },
        ...{ StartName: host?.get('StartName') ?? 'LocalSystem', PathName: host?.get('PathName') ?? null },
        ...{ AcceptStop: isRunning, AcceptPause: false, DesktopInteract: false, ErrorControl: 'Normal' },
        ...{ ExitCode: isRunning ? 0 : 1077, ServiceSpecificExitCode: 0, TagId: 0, CheckPoint: 0, WaitHint: 0 },
      },
    );
  });
}

function moreProcesses(count: number, system: CimInstance, there: readonly CimInstance[]): readonly CimInstance[] {
  const ids = there.map((one) => Number(one.get('ProcessId') ?? 0));
  const first = Math.ceil((Math.max(0, ...ids) + 1) / STEP) * STEP;
  const parent = there.find((one) => one.get('Name') === 'services.exe');
  const like = there.find((one) => parent !== undefined && one.get('ParentProcessId') === parent.get('ProcessId'));
  return numbered(count).map((at) => {
    const id = first + (at - 1) * STEP;
    const values = { Handle: String(id), ProcessId: id, ParentProcessId: parent?.get('ProcessId') ?? 0 };
    const common = like
      ? Object.fromEntries(like.properties)
      : { Name: 'svchost.exe', CSName: system.get('Name'), CreationClassName: PROCESS };
    return made(system, PROCESS, { Handle: values.Handle }, { ...common, ...values });
  });
}

/** From 1; none for less than one. */
function numbered(count: number): readonly number[] {
  return Array.from({ length: Math.max(0, count) }, (_, at) => at + 1);
}

function made(
  { path }: CimInstance,
  className: string,
  keys: Readonly<Record<string, CimKeyValue>>,
  values: Readonly<Record<string, CimValue>>,
): CimInstance {
  const own = new InstancePath({ namespace: path?.namespace, className, keys });
  return new CimInstance(className, Object.entries({ ...keys, ...values }), own);
}

function tied(className: string, system: CimInstance, part: CimInstance): CimInstance {
  const ends: Record<string, CimKeyValue> = {};
  if (system.path) ends.GroupComponent = system.path;
  if (part.path) ends.PartComponent = part.path;
  return made(system, className, ends, {});
}
