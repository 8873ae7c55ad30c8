import type { MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import { MethodRefusal } from '../method-refusal.js';
import { checkAtStart } from './check-at-start.js';
import { takeTime, WorkRate, workTime } from './device-time.js';
import { DriveType, isInUse } from './volume-rows.js';

/** What can come of a check, by the numbers that a class has for it. */
export interface CheckCodes {
  readonly completed: number;
  readonly scheduled: number;
  readonly unsupported: number;
  readonly unknown: number;
  readonly failed: number;
  /** Where the class has a code for it. */
  readonly noMedium?: number;
}

/** What is to be checked. */
export interface CheckedDrive {
  /** `D:`; empty for a volume without a letter. */
  readonly drive: string;
  readonly driveType: unknown;
  readonly fileSystem: string;
  readonly bytes: bigint;
  /** Notes that it has no errors any more. */
  clean(): Promise<void>;
}

/** The file systems that chkdsk knows. */
const CHECKED = ['NTFS', 'FAT', 'FAT32', 'EXFAT'];

/**
 * Checks a volume, which takes its time on the endpoint's clock. One that is to be mended must not be in use; if it is, it is
 * checked when the machine starts again, if the caller likes that.
 *
 * @returns what the method answers
 * @throws MethodRefusal
 */
export async function checkDisk(
  { drive, driveType, fileSystem, bytes, clean }: CheckedDrive,
  input: MethodInput,
  codes: CheckCodes,
  context: MethodContext,
): Promise<number> {
  if (codes.noMedium !== undefined && driveType === DriveType.compactDisc && fileSystem === '')
    throw new MethodRefusal(codes.noMedium, `there is no medium in ${drive}`);
  if (fileSystem === '') throw new MethodRefusal(codes.unknown, `nobody knows what is on ${drive}`);
  if (!CHECKED.includes(fileSystem.toUpperCase()))
    throw new MethodRefusal(codes.unsupported, `chkdsk does not check ${fileSystem}`);
  const isMended = input.FixErrors === true || input.RecoverBadSectors === true;
  if (isMended && (await isInUse(context, drive))) {
    if ((input.OkToRunAtBootUp ?? input.OKToRunAtBootUp) !== true)
      throw new MethodRefusal(codes.failed, `${drive} is in use, and cannot be locked`);
    await checkAtStart(context, [drive], 'p');
    return codes.scheduled;
  }
  await takeTime(context, workTime(bytes, WorkRate.check));
  if (isMended) await clean();
  return codes.completed;
}
