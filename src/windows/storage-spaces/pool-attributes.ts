import type { MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import { type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import { MethodRefusal } from '../method-refusal.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { StorageCode } from '../storage-management/storage-code.js';
import { checkPool } from './space-checks.js';

/** `ReadOnlyReason`: it is not; somebody wanted it. */
const Reason = { none: 1, policy: 2 } as const;
const REPAIR_POLICIES = [2, 3];
const RETIREMENTS = [1, 2, 3];
/** So many thresholds has a pool, each in percent. */
const MOST_THRESHOLDS = 10;

/** What a call changes of a pool. That it is read-only is said alone, and last. @throws MethodRefusal */
export async function poolAttributes(
  pool: StoredInstance,
  input: MethodInput,
  context: MethodContext,
): Promise<Readonly<Record<string, CimValue>>> {
  const { IsReadOnly, ClearOnDeallocate, IsPowerProtected, RepairPolicy, RetireMissingPhysicalDisks } = input;
  const others = [
    ...[ClearOnDeallocate, IsPowerProtected, RepairPolicy, RetireMissingPhysicalDisks],
    input.ThinProvisioningAlertThresholds,
  ].filter((one) => one !== undefined && one !== null);
  if (IsReadOnly === true && others.length > 0)
    throw new MethodRefusal(StorageCode.invalidParameter, 'IsReadOnly is set alone');
  await checkPool(IsReadOnly === false ? stored(pool.with({ IsReadOnly: false }).at(pool.path)) : pool, context);
  const readOnly = typeof IsReadOnly === 'boolean' && {
    ...{ IsReadOnly, ReadOnlyReason: IsReadOnly ? Reason.policy : Reason.none },
  };
  return {
    ...readOnly,
    ...(typeof ClearOnDeallocate === 'boolean' && { ClearOnDeallocate }),
    ...(typeof IsPowerProtected === 'boolean' && { IsPowerProtected }),
    ...numbered({ RepairPolicy }, REPAIR_POLICIES),
    ...numbered({ RetireMissingPhysicalDisks }, RETIREMENTS),
    ...thresholds(input.ThinProvisioningAlertThresholds),
  };
}

/** Values that are numbers of something. @throws MethodRefusal */
function numbered(given: MethodInput, allowed: readonly number[]): Record<string, number> {
  const [[name, value] = ['', undefined]] = Object.entries(given);
  if (typeof value !== 'number') return {};
  if (allowed.includes(value)) return { [name]: value };
  throw new MethodRefusal(StorageCode.invalidParameter, `${name} is none of ${allowed.join(', ')}`);
}

/** @throws MethodRefusal */
function thresholds(given: CimValue | undefined): Record<string, CimValue> {
  if (given === undefined || !isCimArray(given)) return {};
  if (given.length > MOST_THRESHOLDS)
    throw new MethodRefusal(StorageCode.tooManyThresholds, `a pool has ${MOST_THRESHOLDS} thresholds at most`);
  if (given.some((one) => typeof one !== 'number' || one < 1 || one > 100))
    throw new MethodRefusal(StorageCode.invalidParameter, 'a threshold is from 1 to 100 percent');
  return { ThinProvisioningAlertThresholds: given };
}
