import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { InstanceContext, MethodContext, Provider } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { staticForAdministrators } from '../for-administrators.js';
import { allOf, onlyOne, pathIn } from '../machine.js';
import { machineTimestamp } from '../machine-time.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { uint64Of } from '../uint64-of.js';
import { putStorage, shadowStorage, storageOf } from './shadow-storage.js';
import { LEAST_STORAGE, VolumeCode, volumeOf } from './shadow-volume.js';

const COPY_CLASS = 'Win32_ShadowCopy';
const Code = { ...VolumeCode, unsupportedContext: 5, insufficientStorage: 6, tooMany: 8 } as const;
/** Windows' own provider of shadow copies. */
const PROVIDER = '{B5946137-7B9F-4925-AF80-51ABD60B20D5}';
/** `State` of a copy that can be used. */
const CREATED = 9;
/** So many copies for clients may a volume have. */
const MOST = 64;
/** What a copy takes at first, in bytes. */
const COPY_SIZE = 33_554_432n;

/** What the contexts of VSS say of a copy. */
const CONTEXTS: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  clientaccessible: { Persistent: true, ClientAccessible: true, NoAutoRelease: true, NoWriters: true },
  clientaccessiblewriters: { Persistent: true, ClientAccessible: true, NoAutoRelease: true, NoWriters: false },
  nasrollback: { Persistent: true, ClientAccessible: false, NoAutoRelease: true, NoWriters: true },
  approllback: { Persistent: true, ClientAccessible: false, NoAutoRelease: true, NoWriters: false },
};

const copies = defineProvider(COPY_CLASS, {
  methods: {
    Create: staticForAdministrators(Code.accessDenied, async ({ Volume, Context }, context) => {
      const volume = await volumeOf(Volume, context);
      const attributes = typeof Context === 'string' ? CONTEXTS[Context.toLowerCase()] : undefined;
      if (!attributes) throw new MethodRefusal(Code.unsupportedContext, 'Context is none that this computer has');
      await checkNumber(volume, context);
      await growStorage(volume, context);
      const ShadowID = `{${context.newUuid().toUpperCase()}}`;
      await putCopy(ShadowID, volume, attributes, context);
      return { ReturnValue: Code.success, ShadowID };
    }),
  },
  instances: { delete: (copy, context) => shrinkStorage(copy, context) },
});

async function copiesOf(volume: CimInstance, context: MethodContext): Promise<readonly CimInstance[]> {
  return (await allOf(context, COPY_CLASS)).filter((one) => one.get('VolumeName') === volume.get('DeviceID'));
}

/** @throws MethodRefusal */
async function checkNumber(volume: CimInstance, context: MethodContext): Promise<void> {
  if ((await copiesOf(volume, context)).length >= MOST)
    throw new MethodRefusal(Code.tooMany, `the volume has ${MOST} shadow copies already`);
}

/** Takes room for a copy where the volume's copies are kept: on itself, a tenth of it, unless somebody said otherwise. @throws MethodRefusal */
async function growStorage(volume: StoredInstance, context: MethodContext): Promise<void> {
  const known = await storageOf(context, volume.path);
  if (!known && uint64Of(volume, 'FreeSpace') < LEAST_STORAGE)
    throw new MethodRefusal(Code.insufficientStorage, 'the volume has no room for shadow copies');
  const tenth = uint64Of(volume, 'Capacity') / 10n;
  const storage = known ?? (await putStorage(context, volume.path, volume.path, tenth));
  const needed = uint64Of(storage, 'UsedSpace') + COPY_SIZE;
  if (needed > uint64Of(storage, 'MaxSpace'))
    throw new MethodRefusal(Code.insufficientStorage, 'what is set aside for shadow copies is used');
  const allocated = (needed / LEAST_STORAGE + 1n) * LEAST_STORAGE;
  await context.store.put(storage.with({ UsedSpace: needed, AllocatedSpace: allocated }));
}

async function shrinkStorage(copy: CimInstance, context: InstanceContext): Promise<void> {
  const [volume] = (await allOf(context, 'Win32_Volume')).filter(
    (one) => one.get('DeviceID') === copy.get('VolumeName'),
  );
  const storage = volume?.path && (await storageOf(context, volume.path));
  if (!storage) return;
  const used = uint64Of(storage, 'UsedSpace') - COPY_SIZE;
  await context.store.put(storage.with({ UsedSpace: used < 0n ? 0n : used }));
}

async function putCopy(
  ID: string,
  volume: CimInstance,
  attributes: Readonly<Record<string, boolean>>,
  context: MethodContext,
): Promise<void> {
  const computer = await onlyOne(context, 'Win32_ComputerSystem');
  const [name, domain] = [
    computer?.getString('DNSHostName') ?? computer?.getString('Name'),
    computer?.getString('Domain'),
  ];
  const machine = [name, domain].filter((one) => one !== undefined).join('.');
  const values: Record<string, CimValue> = {
    ...{ ID, SetID: `{${context.newUuid().toUpperCase()}}`, ProviderID: PROVIDER, Count: 1, State: CREATED },
    ...{ InstallDate: await machineTimestamp(context, 0), VolumeName: volume.get('DeviceID') },
    ...{ DeviceObject: `\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy${await nextNumber(context)}` },
    ...{ OriginatingMachine: machine, ServiceMachine: machine, ExposedName: null },
    ...{ Transportable: false, NotSurfaced: false, HardwareAssisted: false, Differential: true, Plex: false },
    ...{ Imported: false, ExposedRemotely: false, ExposedLocally: false },
    ...attributes,
  };
  await context.store.put(new CimInstance(COPY_CLASS, Object.entries(values), pathIn(context, COPY_CLASS, { ID })));
}

/** One more than that of the latest device. */
async function nextNumber(context: MethodContext): Promise<number> {
  const numbers = (await allOf(context, COPY_CLASS)).map(
    (one) => /\d+$/.exec(one.getString('DeviceObject') ?? '')?.[0],
  );
  return Math.max(0, ...numbers.map(Number).filter(Number.isFinite)) + 1;
}

/** Shadow copies of volumes, and where they are kept. */
export const shadowCopies: readonly Provider[] = [copies, shadowStorage];
