import type { DerivationContext, DerivedValue, Provider } from '../../cim/contracts/provider.js';
import { CimDateTime } from '../../cim/model/cim-date-time.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { machineNow } from '../machine-time.js';
import { MethodRefusal, refusing } from '../method-refusal.js';
import { note } from '../notes.js';
import { type OnInstance, onInstance } from '../on-instance.js';
import { FRESH_KIB, PROCESS_CLASS } from '../process/process-rows.js';
import { timestampOf } from '../timestamp.js';
import type { MachineHooks } from './restart-hook.js';
import { leave, shutdownBy, shutdownLater } from './shutdown.js';
import { SystemCode } from './system-code.js';

const countProcesses = async ({ store, namespace }: DerivationContext) =>
  (await store.count(namespace, [PROCESS_CLASS]))[0] ?? 0;

/**
 * Memory that is free: what the lab says is free with as many processes as it says there are, less what has begun since, and what has ended
 * more. In KiB.
 */
const freeMemory =
  (name: string): DerivedValue =>
  async (system, context) => {
    const [free, processes] = [system.get(name), system.get('NumberOfProcesses')];
    if (typeof free !== 'bigint' || typeof processes !== 'number') return free;
    const left = free + BigInt(processes - (await countProcesses(context))) * BigInt(FRESH_KIB);
    return left > 0n ? left : 0n;
  };

/** What the clock can show, in microseconds since 1970: from 1601 on, as Windows has it, and as long as years have four digits everywhere. */
const [EARLIEST, LATEST] = [1601, 9999].map((year) => BigInt(Date.UTC(year, 0)) * 1000n) as [bigint, bigint];

const setDateTime: OnInstance = async (system, { LocalDatetime: given }, context) => {
  const time = given instanceof CimDateTime && !given.isInterval ? given.microseconds : undefined;
  if (time === undefined || time < EARLIEST || time >= LATEST)
    throw new MethodRefusal(SystemCode.InvalidParameter, 'LocalDatetime is no moment that the clock can show');
  const offset = time / 1000n - BigInt(Math.round(context.now()));
  // What has happened on the machine stays as long ago as it is.
  const before = BigInt(Math.round(await machineNow(context))) - BigInt(Math.round(context.now()));
  const booted = system.get('LastBootUpTime');
  await note(context, 'CIMULATOR_MachineNote', { ClockOffset: offset });
  if (booted instanceof CimDateTime && booted.microseconds !== undefined)
    await context.store.put(
      system.with({
        LastBootUpTime: timestampOf(Number(booted.microseconds / 1000n + offset - before), zoneOf(system)),
      }),
    );
  return { ReturnValue: SystemCode.Success };
};

/** Minutes east of UTC. */
function zoneOf(system: CimInstance): number {
  return Number(system.get('CurrentTimeZone') ?? 0);
}

/** Win32_OperatingSystem: its clock runs, it counts what runs on it, and it can be started again. */
export function operatingSystem(hooks: MachineHooks): Provider {
  return {
    className: 'Win32_OperatingSystem',
    exclusive: true,
    methods: {
      Reboot: onInstance((_system, _input, context) => leave('restart', context, hooks)),
      Shutdown: onInstance((_system, _input, context) => leave('shutdown', context, hooks)),
      Win32Shutdown: refusing(({ Flags }, context) => shutdownBy(Flags, context, hooks)),
      Win32ShutdownTracker: refusing((input, context) => shutdownLater(input, context, hooks)),
      SetDateTime: refusing(onInstance(setDateTime)),
    },
    instances: { modify: true },
    derived: {
      LocalDateTime: async (system, context) => timestampOf(await machineNow(context), zoneOf(system)),
      NumberOfProcesses: (_system, context) => countProcesses(context),
      FreePhysicalMemory: freeMemory('FreePhysicalMemory'),
      FreeVirtualMemory: freeMemory('FreeVirtualMemory'),
    },
  };
}
