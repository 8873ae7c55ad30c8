import { defineProvider } from '../../cim/contracts/define-provider.js';
import { CimError } from '../../cim/model/cim-error.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { staticForAdministrators } from '../for-administrators.js';
import { type MachineContext, type MachineReader, pathIn } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { uint64Of } from '../uint64-of.js';
import { LEAST_STORAGE, VolumeCode, volumeOf } from './shadow-volume.js';

export const STORAGE_CLASS = 'Win32_ShadowStorage';
const ALREADY_THERE = 5;
const INSUFFICIENT = 11;
/** No limit. */
const UNBOUNDED = 0xffff_ffff_ffff_ffffn;

/** Where the shadow copies of a volume are kept; undefined before there are any. */
export async function storageOf({ store }: MachineReader, volume: InstancePath): Promise<CimInstance | undefined> {
  const [found] = await store.referencing(volume, { classNames: [STORAGE_CLASS], role: 'Volume' });
  return found;
}

/** Keeps shadow copies of a volume on another one, or on itself. */
export async function putStorage(context: MachineContext, volume: InstancePath, on: InstancePath, maximum: bigint) {
  const keys = { Volume: volume, DiffVolume: on };
  const values = { ...keys, AllocatedSpace: 0n, UsedSpace: 0n, MaxSpace: maximum };
  const instance = new CimInstance(STORAGE_CLASS, Object.entries(values), pathIn(context, STORAGE_CLASS, keys));
  await context.store.put(instance);
  return instance;
}

/** In bytes; what nobody says has no bound. */
function maximumOf(given: CimValue | undefined): bigint {
  return typeof given === 'bigint' || typeof given === 'number' ? BigInt(given) : UNBOUNDED;
}

export const shadowStorage = defineProvider(STORAGE_CLASS, {
  methods: {
    Create: staticForAdministrators(VolumeCode.accessDenied, async ({ Volume, DiffVolume, MaxSpace }, context) => {
      const volume = await volumeOf(Volume, context);
      const on = await volumeOf(DiffVolume, context);
      if (await storageOf(context, volume.path)) throw new MethodRefusal(ALREADY_THERE, 'there is one for the volume');
      const maximum = maximumOf(MaxSpace);
      checkRoom(maximum, on);
      await putStorage(context, volume.path, on.path, maximum);
      return { ReturnValue: VolumeCode.success };
    }),
  },
  instances: {
    modify: (instance, before) => {
      const maximum = maximumOf(instance.get('MaxSpace'));
      if (maximum < LEAST_STORAGE) throw new CimError('InvalidParameter', `MaxSpace is less than ${LEAST_STORAGE}.`);
      return before.with({ MaxSpace: maximum });
    },
    // The shadow copies in it go with it.
    delete: async (storage, context) => {
      const volume = storage.get('Volume');
      const copies = [];
      for await (const copy of context.store.scan(context.namespace, 'Win32_ShadowCopy')) copies.push(copy);
      const stored = volume instanceof InstancePath ? await context.resolve(volume) : undefined;
      const name = stored?.getString('DeviceID');
      await context.store.deleteMany(
        copies.filter((one) => one.getString('VolumeName') === name).flatMap((one) => one.path ?? []),
      );
    },
  },
});

/** @throws MethodRefusal */
function checkRoom(maximum: bigint, on: StoredInstance): void {
  if (maximum < LEAST_STORAGE) throw new MethodRefusal(INSUFFICIENT, `MaxSpace is less than ${LEAST_STORAGE} bytes`);
  if (uint64Of(on, 'FreeSpace') < LEAST_STORAGE)
    throw new MethodRefusal(INSUFFICIENT, 'DiffVolume has no room for shadow copies');
}
