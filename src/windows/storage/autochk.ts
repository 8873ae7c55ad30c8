import type { MethodImplementation } from '../../cim/contracts/provider.js';
import { refusing } from '../method-refusal.js';
import { checkAtStart, checkedDrives, excludeFromCheck } from './check-at-start.js';

/** Static methods of volumes and of logical disks, which name their drives by a parameter of another name each. */
export interface Autochk {
  /** Has drives checked when the machine starts, where they are dirty. */
  readonly schedule: MethodImplementation;
  readonly exclude: MethodImplementation;
}

/** @param parameter that names the drives: `Volume`, `LogicalDisk` */
export function autochk(parameter: string): Autochk {
  return {
    schedule: refusing(async ({ [parameter]: drives }, context) => {
      await checkAtStart(context, await checkedDrives(drives, context), 'm');
      return { ReturnValue: 0 };
    }),
    exclude: refusing(async ({ [parameter]: drives }, context) => {
      await excludeFromCheck(context, await checkedDrives(drives, context));
      return { ReturnValue: 0 };
    }),
  };
}
