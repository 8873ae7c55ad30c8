import type { MethodContext } from '../../cim/contracts/provider.js';
import { checkAdministrator, MethodRefusal } from '../method-refusal.js';
import { type PrintReader, runningSpooler } from './printer-rows.js';

/** What the methods of printing answer: documented codes, and Windows' own errors, to which the pages refer for others. */
export const PrintCode = {
  success: 0,
  accessDenied: 5,
  invalidParameter: 87,
  /** RPC_S_SERVER_UNAVAILABLE: the spooler does not run. */
  serverUnavailable: 1722,
  /** ERROR_UNKNOWN_PRINTER_DRIVER. */
  unknownDriver: 1797,
  /** ERROR_INVALID_PRINTER_NAME. */
  invalidName: 1801,
  /** ERROR_PRINTER_ALREADY_EXISTS. */
  alreadyExists: 1802,
  incompatibleDriver: 1930,
} as const;

export const DONE = { ReturnValue: PrintCode.success };

/** @throws MethodRefusal when the service Spooler does not run */
export async function checkSpooler(reader: PrintReader): Promise<void> {
  if (!(await runningSpooler(reader)))
    throw new MethodRefusal(PrintCode.serverUnavailable, 'the service Spooler does not run');
}

/** @throws MethodRefusal when it does not, or the caller is no administrator */
export async function checkMayManage(context: MethodContext): Promise<void> {
  await checkAdministrator(context, PrintCode.accessDenied);
  await checkSpooler(context);
}
