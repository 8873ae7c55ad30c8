import type { MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { freeLetter, isTaken } from '../storage/drive-letters.js';
import { giveLetter } from './access-paths.js';
import { addPartition } from './add-partition.js';
import { driveAt, partitionsAt, sizeOf } from './device-rows.js';
import { checkReady } from './disk-checks.js';
import { type FreeExtent, freeExtents, largestExtent, MIBIBYTE, up } from './free-extents.js';
import { inCimv2 } from './in-namespace.js';
import { BASIC_DATA, IFS } from './show-storage.js';
import { StorageCode } from './storage-code.js';
import { Style } from './storage-objects.js';

/** So many partitions has a table of MBR, and one of GPT. */
const MOST = { [Style.mbr]: 4, [Style.gpt]: 128 };
/** What MBR can tell of, in bytes. */
const MBR_LIMIT = 2_199_023_255_552n;
const MBR_TYPES = [1, 4, 5, 6, 7, 12];
const GUID = /^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/i;

/** @returns MSFT_Partition @throws MethodRefusal */
export async function createPartition(
  disk: StoredInstance,
  input: MethodInput,
  context: MethodContext,
): Promise<StoredInstance> {
  checkReady(disk);
  const values = typeValues(disk, input);
  const extent = await extentFor(disk, input, context);
  const letter = await wantedLetter(input, context);
  const made = await addPartition(disk, extent, values, context);
  if (letter !== undefined) await giveLetter(made.partition, made.volume, letter, context);
  return made.partition;
}

/** @throws MethodRefusal */
function typeValues(disk: StoredInstance, { MbrType, GptType, IsHidden, IsActive }: MethodInput) {
  const isGpt = disk.get('PartitionStyle') === Style.gpt;
  const isSet = (value: unknown) => value !== undefined && value !== null;
  if (isSet(isGpt ? MbrType : GptType) || (isGpt && IsActive === true))
    throw new MethodRefusal(StorageCode.wrongStyle, 'the table of the disk is of the other style');
  const given = isGpt ? (GptType ?? BASIC_DATA) : (MbrType ?? IFS);
  if (isGpt ? !GUID.test(String(given)) : !MBR_TYPES.includes(Number(given)))
    throw new MethodRefusal(StorageCode.partitionType, `there is no type ${String(given)} of partitions`);
  const type = isGpt ? { GptType: given } : { MbrType: given };
  return { ...type, IsHidden: IsHidden === true, IsActive: IsActive === true };
}

/** Where the partition is to lie. @throws MethodRefusal */
async function extentFor(disk: StoredInstance, input: MethodInput, context: MethodContext): Promise<FreeExtent> {
  const number = Number(disk.get('Number'));
  const drive = await driveAt(context.store, number);
  const partitions = await partitionsAt(context.store, number);
  const style = disk.get('PartitionStyle') === Style.gpt ? Style.gpt : Style.mbr;
  if (!drive || partitions.length >= MOST[style])
    throw new MethodRefusal(StorageCode.partitionLimit, 'the table of the disk is full');
  const extent = chosenExtent(freeExtents(drive, partitions), sizeOf(drive), input);
  if (style === Style.mbr && extent.offset + extent.size > MBR_LIMIT)
    throw new MethodRefusal(StorageCode.mbrLimit, 'MBR ends at 2 TiB');
  return extent;
}

function chosenExtent(extents: readonly FreeExtent[], end: bigint, input: MethodInput): FreeExtent {
  const size = wantedSize(input);
  const from = typeof input.Offset === 'bigint' ? extentAt(extents, input.Offset, end) : undefined;
  if (size === undefined) return checkedRoom(from ?? largestExtent(extents), 1n);
  const free = from ?? extents.find((one) => one.size >= size) ?? largestExtent(extents);
  return { ...checkedRoom(free, size), size };
}

/** In whole mebibytes; undefined: whatever there is. @throws MethodRefusal */
function wantedSize({ Size, UseMaximumSize, Alignment }: MethodInput): bigint | undefined {
  if (typeof Alignment === 'number' && (Alignment === 0 || Alignment % 512 !== 0))
    throw new MethodRefusal(StorageCode.alignment, `${Alignment} bytes are no whole sectors`);
  if (typeof Size !== 'bigint') {
    if (UseMaximumSize === true) return undefined;
    throw new MethodRefusal(StorageCode.giveSize, 'one of Size and UseMaximumSize says how large it is to be');
  }
  if (UseMaximumSize === true)
    throw new MethodRefusal(StorageCode.invalidParameter, 'Size and UseMaximumSize are two sizes');
  if (Size < MIBIBYTE) throw new MethodRefusal(StorageCode.sizeNotSupported, 'a partition has a mebibyte at least');
  return up(Size);
}

/** What is free from an offset on. @throws MethodRefusal */
function extentAt(extents: readonly FreeExtent[], offset: bigint, end: bigint): FreeExtent {
  const found = extents.find((one) => offset >= one.offset && offset < one.offset + one.size);
  if (offset % 512n !== 0n || offset >= end || !found)
    throw new MethodRefusal(StorageCode.offset, `nothing is free at ${offset}`);
  return { offset, size: found.size - (offset - found.offset) };
}

/** @throws MethodRefusal */
function checkedRoom(extent: FreeExtent, needed: bigint): FreeExtent {
  if (extent.size >= needed) return extent;
  throw new MethodRefusal(StorageCode.noSpace, `${extent.size} bytes are free in one piece`);
}

/** The letter of the drive; undefined when it is to have none. @throws MethodRefusal */
async function wantedLetter(input: MethodInput, context: MethodContext): Promise<string | undefined> {
  const { DriveLetter, AssignDriveLetter, IsHidden } = input;
  const isGiven = typeof DriveLetter === 'string' && DriveLetter !== '\0';
  if (!isGiven && AssignDriveLetter !== true) return undefined;
  if (isGiven && AssignDriveLetter === true)
    throw new MethodRefusal(StorageCode.invalidParameter, 'DriveLetter and AssignDriveLetter are two letters');
  if (IsHidden === true) throw new MethodRefusal(StorageCode.hidden, 'a hidden partition has no letter');
  if (isGiven && !/^[A-Z]$/i.test(DriveLetter))
    throw new MethodRefusal(StorageCode.invalidPath, `'${DriveLetter}' is no letter of a drive`);
  const letter = isGiven ? `${DriveLetter.toUpperCase()}:` : await freeLetter(inCimv2(context));
  if (letter === undefined || (await isTaken(inCimv2(context), letter)))
    throw new MethodRefusal(StorageCode.pathInUse, `${letter ?? 'every letter'} is that of a drive`);
  return letter;
}
