import { MethodRefusal } from '../method-refusal.js';

/** What the methods of CIM_LogicalFile answer. */
export const FileCode = {
  success: 0,
  accessDenied: 2,
  unspecified: 8,
  invalidName: 9,
  exists: 10,
  notNtfs: 11,
  otherDrive: 13,
  inUse: 15,
  invalidStartFile: 16,
  privilegeNotHeld: 17,
  invalidParameter: 21,
} as const;

/** @param stoppedAt the file of a tree at which the method gave up: an output of the methods that go through trees */
export function fileRefusal(code: keyof typeof FileCode, message: string, stoppedAt?: string): MethodRefusal {
  return new MethodRefusal(FileCode[code], message, stoppedAt === undefined ? {} : { StopFileName: stoppedAt });
}
