import type { DerivedValue } from '../../cim/contracts/provider.js';
import { CimDateTime } from '../../cim/model/cim-date-time.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { machineNow } from '../machine-time.js';

/**
 * The times that a process has used grow as its life does: of each second so many units of 100 ns, on top of what it is stored with.
 */
const UNITS_A_SECOND = { KernelModeTime: 20_000n, UserModeTime: 50_000n };

export const processTimes: Readonly<Record<string, DerivedValue>> = Object.fromEntries(
  Object.entries(UNITS_A_SECOND).map(([name, units]): [string, DerivedValue] => [
    name,
    async (process, context) => {
      const began = beginningOf(process);
      const stored = process.get(name);
      if (began === undefined || typeof stored !== 'bigint') return stored;
      const lived = BigInt(await machineNow(context)) - began / 1000n;
      return lived > 0n ? stored + (lived * units) / 1000n : stored;
    },
  ]),
);

/** In microseconds since 1970. */
function beginningOf(process: CimInstance): bigint | undefined {
  const value = process.get('CreationDate');
  return value instanceof CimDateTime && !value.isInterval ? value.microseconds : undefined;
}
