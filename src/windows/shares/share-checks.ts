import type { CimValue } from '../../cim/model/cim-value.js';
import { shorten } from '../../cim/model/shorten.js';
import { parseFilePath } from '../files/file-path.js';
import { hasFolder } from '../files/file-rows.js';
import { type MachineReader, pathIn } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';

export const SHARE_CLASS = 'Win32_Share';

/** What the methods of Win32_Share answer. */
export const ShareCode = {
  success: 0,
  accessDenied: 2,
  invalidName: 9,
  invalidParameter: 21,
  duplicate: 22,
  redirected: 23,
  unknownFolder: 24,
} as const;

/** Kinds of shares that are made: disk, print queue, device, interprocess communication, and each for administrators. */
const TYPES: readonly number[] = [0, 1, 2, 3].flatMap((type) => [type, type + 0x80000000]);
const LONGEST_NAME = 80;
/** DriveType of a drive of another computer. */
const NETWORK_DRIVE = 4;

/** Whether a share may be called so. */
export function isShareName(name: string): boolean {
  return name !== '' && name.length <= LONGEST_NAME && !/["/\\[\]:|<>+=;,?*\p{Cc}]/u.test(name);
}

/** The name of a new share. @throws MethodRefusal */
export async function newShareName(given: CimValue | undefined, context: MachineReader): Promise<string> {
  if (typeof given !== 'string') throw new MethodRefusal(ShareCode.invalidParameter, 'Name is missing');
  const text = shorten(given, 200);
  if (!isShareName(given)) throw new MethodRefusal(ShareCode.invalidName, `Name: no share may be called '${text}'`);
  if (await context.store.get(pathIn(context, SHARE_CLASS, { Name: given })))
    throw new MethodRefusal(ShareCode.duplicate, `Name: there is a share ${text} already`);
  return given;
}

/** @throws MethodRefusal */
export function shareType(given: CimValue | undefined): number {
  if (typeof given === 'number' && TYPES.includes(given)) return given;
  throw new MethodRefusal(ShareCode.invalidParameter, `Type ${String(given)} is none of a share`);
}

/** How many may use it at a time: null, as many as like. @throws MethodRefusal */
export function maximumAllowed(given: CimValue | undefined): number | null {
  if (given === 0) throw new MethodRefusal(ShareCode.invalidParameter, 'MaximumAllowed is 0: nobody could use it');
  return typeof given === 'number' ? given : null;
}

/** The folder that is shared. @throws MethodRefusal */
export async function sharedFolder(given: CimValue | undefined, context: MachineReader): Promise<string> {
  if (typeof given !== 'string' || given === '') throw new MethodRefusal(ShareCode.invalidParameter, 'Path is missing');
  const at = parseFilePath(given);
  const disk = at && (await context.store.get(pathIn(context, 'Win32_LogicalDisk', { DeviceID: at.drive })));
  const text = shorten(given, 300);
  if (given.startsWith('\\\\') || disk?.get('DriveType') === NETWORK_DRIVE)
    throw new MethodRefusal(ShareCode.redirected, `Path ${text} is of another computer`);
  if (!at || !disk || !(await hasFolder(context, at.name)))
    throw new MethodRefusal(ShareCode.unknownFolder, `Path ${text}: there is no such folder`);
  return given;
}
