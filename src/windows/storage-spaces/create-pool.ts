import type { MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { MethodRefusal } from '../method-refusal.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { StorageCode } from '../storage-management/storage-code.js';
import { storageLink } from '../storage-management/storage-objects.js';
import { checkPoolable, largestSector, putIntoPool } from './pool-disks.js';
import { POOL_TO_SETTING, Provisioning } from './pool-rows.js';
import { givenDisks, givenText, givenUsage } from './space-checks.js';
import { poolObject, SETTINGS, settingObject, USUAL_PROVISIONING, WRITE_CACHE_MAX } from './space-objects.js';

/** What Windows takes where nobody says a setting, and the largest of all usages of pools. */
const USUAL_SETTING = 'Mirror';
export const POOL_USAGES = 8;
const SECTORS = [512n, 4096n];

/** Makes a pool of disks that are in no other. @returns MSFT_StoragePool @throws MethodRefusal */
export async function createPool(
  subsystem: StoredInstance,
  input: MethodInput,
  context: MethodContext,
): Promise<StoredInstance> {
  const FriendlyName = givenText(input.FriendlyName, 'FriendlyName');
  const usage = givenUsage(input, POOL_USAGES, 2);
  if (Array.isArray(input.PhysicalDisks) && input.PhysicalDisks.length === 0)
    throw new MethodRefusal(StorageCode.tooFewDisks, 'a pool has a disk at least');
  const disks = await givenDisks(input.PhysicalDisks, StorageCode.notFound, context);
  const ResiliencySettingNameDefault = givenSetting(input.ResiliencySettingNameDefault) ?? USUAL_SETTING;
  const sector = givenSector(input.LogicalSectorSizeDefault) ?? (await largestSector(disks, context));
  await checkPoolable(disks, sector, context);

  const id = context.newUuid();
  const computer = subsystem.getString('Name') ?? '';
  const pool = stored(
    poolObject(computer, id, {
      ...{ FriendlyName, ResiliencySettingNameDefault, LogicalSectorSize: BigInt(sector), ...usage },
      ...{
        PhysicalSectorSize: BigInt(sector),
        ProvisioningTypeDefault: givenProvisioning(input) ?? USUAL_PROVISIONING,
      },
      ...{
        EnclosureAwareDefault: input.EnclosureAwareDefault === true,
        WriteCacheSizeDefault: givenCache(input) ?? 0n,
      },
    }),
  );
  const settings = SETTINGS.map((name) => settingObject(computer, id, name));
  await context.store.putMany([
    pool,
    storageLink('MSFT_StorageSubSystemToStoragePool', { StorageSubSystem: subsystem, StoragePool: pool }),
    ...settings,
    ...settings.map((one) => storageLink(POOL_TO_SETTING, { StoragePool: pool, ResiliencySetting: one })),
  ]);
  await putIntoPool(pool, disks, undefined, context);
  return pool;
}

/** @throws MethodRefusal for a setting that no pool has */
export function givenSetting(given: CimValue | undefined): (typeof SETTINGS)[number] | undefined {
  if (typeof given !== 'string' || given === '') return undefined;
  const found = SETTINGS.find((name) => name.toLowerCase() === given.toLowerCase());
  if (!found) throw new MethodRefusal(StorageCode.noSuchResiliency, `there is no resiliency setting '${given}'`);
  return found;
}

/** @throws MethodRefusal */
export function givenProvisioning({ ProvisioningTypeDefault: given }: MethodInput): number | undefined {
  if (given === undefined || given === null || given === 0) return undefined;
  if (given === Provisioning.thin || given === Provisioning.fixed) return given;
  throw new MethodRefusal(StorageCode.invalidParameter, `there is no provisioning type ${String(given)}`);
}

/** The size of a cache, in bytes; undefined where none is said. @throws MethodRefusal */
export function givenCache({ AutoWriteCacheSize, ...input }: MethodInput): bigint | undefined {
  const given = input.WriteCacheSize ?? input.WriteCacheSizeDefault;
  if (typeof given !== 'bigint') return undefined;
  if (AutoWriteCacheSize === true)
    throw new MethodRefusal(StorageCode.invalidParameter, 'AutoWriteCacheSize and a size exclude each other');
  if (given > WRITE_CACHE_MAX)
    throw new MethodRefusal(StorageCode.writeCache, `${given} bytes are more than a cache can have`);
  return given;
}

/** @throws MethodRefusal */
function givenSector(given: CimValue | undefined): number | undefined {
  if (typeof given !== 'bigint' || given === 0n) return undefined;
  if (!SECTORS.includes(given)) throw new MethodRefusal(StorageCode.invalidParameter, `no sector has ${given} bytes`);
  return Number(given);
}
