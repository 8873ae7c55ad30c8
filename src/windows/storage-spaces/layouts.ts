import type { MethodInput } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { MethodRefusal } from '../method-refusal.js';
import { StorageCode } from '../storage-management/storage-code.js';
import { SLAB } from './slabs.js';

/** How a virtual disk lies on the disks of its pool. */
export interface Layout {
  readonly name: string;
  readonly copies: number;
  readonly redundancy: number;
  readonly columns: number;
  readonly interleave: bigint;
  /** Slabs of a stripe, each on another disk. */
  readonly width: number;
  /** Bytes of data in a stripe. */
  readonly stripeBytes: bigint;
}

/** What Windows chooses at most by itself. */
const MOST_COLUMNS = 8;
/** Disks that a pool needs to keep its quorum with three copies, and columns with two of parity. */
const DISKS_OF_THREE_COPIES = 5;
const COLUMNS_OF_TWO_PARITIES = 7;
const LEAST_INTERLEAVE = 16_384n;

/**
 * The layout that a call asks for, on the setting that it names.
 *
 * @param setting MSFT_ResiliencySetting
 * @param disks how many there are to choose from
 * @param tooFew the code for less than are needed
 * @throws MethodRefusal
 */
export function layoutOf(setting: CimInstance, input: MethodInput, disks: number, tooFew: number): Layout {
  const name = setting.getString('Name') ?? '';
  const { copies, redundancy } = checkedCopies(setting, input);
  const columns = checkedColumns(setting, input, { name, copies, redundancy, disks });
  const width = columns * copies;
  const needed = Math.max(width, copies === 3 ? DISKS_OF_THREE_COPIES : 0);
  if (columns === 0 || disks < needed)
    throw new MethodRefusal(tooFew, `${name} needs ${Math.max(needed, 1)} disks, and there are ${disks}`);
  const interleave = input.Interleave ?? setting.get('InterleaveDefault');
  const checked = typeof interleave === 'bigint' ? interleave : 0n;
  if (!isWithin(setting, 'Interleave', checked) || checked % LEAST_INTERLEAVE !== 0n)
    throw new MethodRefusal(StorageCode.interleave, `Interleave ${checked} is none that there is`);
  const dataColumns = name === 'Parity' ? columns - redundancy : columns;
  return { name, copies, redundancy, columns, interleave: checked, width, stripeBytes: BigInt(dataColumns) * SLAB };
}

/** A mirror has a copy more than disks of it may fail. @throws MethodRefusal */
function checkedCopies(setting: CimInstance, input: MethodInput) {
  const isMirror = setting.getString('Name') === 'Mirror';
  const [givenCopies, givenRedundancy] = [numberOf(input.NumberOfDataCopies), numberOf(input.PhysicalDiskRedundancy)];
  const mirrored = isMirror && givenRedundancy !== undefined ? givenRedundancy + 1 : undefined;
  const copies = givenCopies ?? mirrored ?? Number(setting.get('NumberOfDataCopiesDefault'));
  const follows = isMirror ? copies - 1 : Number(setting.get('PhysicalDiskRedundancyDefault'));
  const redundancy = givenRedundancy ?? follows;
  if (!isWithin(setting, 'PhysicalDiskRedundancy', redundancy))
    throw new MethodRefusal(StorageCode.redundancy, `PhysicalDiskRedundancy ${redundancy} is none that there is`);
  if (!isWithin(setting, 'NumberOfDataCopies', copies) || (isMirror && redundancy !== copies - 1))
    throw new MethodRefusal(StorageCode.copies, `NumberOfDataCopies ${copies} is none that there is`);
  return { copies, redundancy };
}

/** @returns 0 when there are too few disks for any */
function checkedColumns(
  setting: CimInstance,
  input: MethodInput,
  { name, copies, redundancy, disks }: Pick<Layout, 'name' | 'copies' | 'redundancy'> & { readonly disks: number },
): number {
  const given = numberOf(input.NumberOfColumns);
  if (given !== undefined && input.AutoNumberOfColumns === true)
    throw new MethodRefusal(StorageCode.invalidParameter, 'NumberOfColumns and AutoNumberOfColumns exclude each other');
  const isTwofold = name === 'Parity' && redundancy > 1;
  const least = isTwofold ? COLUMNS_OF_TWO_PARITIES : Number(setting.get('NumberOfColumnsMin'));
  const automatic = input.AutoNumberOfColumns === true ? undefined : numberOf(setting.get('NumberOfColumnsDefault'));
  const wanted = given ?? automatic;
  if (wanted === undefined) {
    const most = Math.min(MOST_COLUMNS, Math.floor(disks / copies));
    return most < least ? 0 : most;
  }
  if (wanted < least || !isWithin(setting, 'NumberOfColumns', wanted))
    throw new MethodRefusal(StorageCode.columns, `NumberOfColumns ${wanted} is none that there is`);
  return wanted;
}

/** Whether a value is one that the setting allows: from `…Min` to `…Max`. */
export function isWithin(setting: CimInstance, property: string, value: number | bigint): boolean {
  const [least, most] = [setting.get(`${property}Min`), setting.get(`${property}Max`)];
  return value >= BigInt(Number(least ?? 0)) && value <= BigInt(Number(most ?? 0));
}

/** A number that is given. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
