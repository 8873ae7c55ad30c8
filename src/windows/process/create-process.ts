import type { MethodContext, MethodInput, MethodOutput } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { callerName } from '../caller-name.js';
import { findProgram, programOf } from '../executables.js';
import { hasFolder } from '../files/file-rows.js';
import { machineNow } from '../machine-time.js';
import { MethodRefusal } from '../method-refusal.js';
import type { MachineHooks } from '../system/restart-hook.js';
import { isShutdownProgram, shutDownAsAsked } from '../system/shutdown-program.js';
import { PRIORITIES } from './priorities.js';
import { ProcessCode } from './process-code.js';
import { beginProcess, processIdOf } from './process-rows.js';

const EXECUTABLE = /\.(?:exe|com|bat|cmd|scr)$/i;

/**
 * Win32_Process.Create: adds a process for a program that the lab lists among its files (`CIM_DataFile`). Nothing is ever run; of
 * `shutdown.exe` the model knows what it would do. The process is the caller's, as that of a remote caller in session 0, and a child of the host of WMI's providers.
 *
 * @throws MethodRefusal
 */
export async function createProcess(
  { CommandLine, ProcessStartupInformation: startup }: MethodInput,
  context: MethodContext,
  hooks: MachineHooks,
): Promise<MethodOutput> {
  const commandLine = typeof CommandLine === 'string' ? CommandLine : '';
  const program = programOf(commandLine);
  if (program === undefined) throw new MethodRefusal(ProcessCode.InvalidParameter, 'CommandLine names no program');
  const priority = priorityOf(startup);
  if (priority === undefined)
    throw new MethodRefusal(ProcessCode.InvalidParameter, 'PriorityClass is none of those there are');
  const found = await findProgram(context, program);
  if (!found) {
    if (await hasFolder(context, program.replace(/\\$/, '')))
      throw new MethodRefusal(ProcessCode.AccessDenied, `${program} is a folder`);
    throw new MethodRefusal(ProcessCode.PathNotFound, `no CIM_DataFile is named ${program}`);
  }
  if (!EXECUTABLE.test(found.path)) throw new MethodRefusal(ProcessCode.UnknownFailure, `${found.path} is no program`);
  const ProcessId = await beginProcess(context, {
    executablePath: found.path,
    commandLine,
    parent: await processIdOf(context, 'wmiprvse.exe'),
    owner: await callerName(context),
    priority,
    ...(isShutdownProgram(found.path) && { ends: await machineNow(context) }),
  });
  if (isShutdownProgram(found.path)) await shutDownAsAsked(commandLine, context, hooks);
  return { ReturnValue: ProcessCode.Success, ProcessId };
}

/** The base priority; that of a normal process where nothing is said, undefined for a class that there is not. */
function priorityOf(startup: unknown): number | undefined {
  const wanted = startup instanceof CimInstance ? startup.get('PriorityClass') : null;
  return wanted === null ? PRIORITIES[32] : PRIORITIES[Number(wanted)];
}
