import type { DeleteRule, InstanceContext, MethodContext, Provider } from '../../cim/contracts/provider.js';
import { CimError } from '../../cim/model/cim-error.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { MethodRefusal, refusing } from '../method-refusal.js';
import { type OnInstance, onInstance } from '../on-instance.js';
import { noticeEndOfProcess } from '../service/service-process.js';
import type { MachineHooks } from '../system/restart-hook.js';
import { noticeEndOfProgram } from '../tasks/end-of-program.js';
import { createProcess } from './create-process.js';
import { PRIORITIES } from './priorities.js';
import { ProcessCode } from './process-code.js';
import { isOwnerless, ownerOf, sidOf } from './process-owner.js';
import { endProcess, PROCESS_CLASS } from './process-rows.js';
import { processTimes } from './process-times.js';

/** Addresses of a process, in bytes. */
const ADDRESS_SPACE = 140_737_488_224_256n;

const idOf = (process: CimInstance) => Number(process.get('ProcessId'));

const isOfKernel = (process: CimInstance) => idOf(process) <= 4;

/** The idle process and that of the kernel are nobody's to touch. */
function unlessOfKernel(method: OnInstance): OnInstance {
  return (process, input, context) => {
    if (!isOfKernel(process)) return method(process, input, context);
    throw new MethodRefusal(ProcessCode.AccessDenied, `process ${idOf(process)} is the kernel's`);
  };
}

/** The owner of a process. @throws MethodRefusal AccessDenied */
async function knownOwner(process: CimInstance, context: MethodContext) {
  if (!isOwnerless(process)) return ownerOf(context, process);
  throw new MethodRefusal(ProcessCode.AccessDenied, 'whose the idle process is nobody is told');
}

/** The end of a process is that of the service that runs in it, which stops then, and of the task that began it. */
async function end(process: CimInstance, context: InstanceContext, exitCode: number): Promise<void> {
  await endProcess(context, idOf(process));
  await noticeEndOfProcess(context, idOf(process));
  await noticeEndOfProgram(context, idOf(process), exitCode);
}

const terminate: OnInstance = async (process, { Reason }, context) => {
  await end(process, context, Number(Reason ?? 0));
  return { ReturnValue: ProcessCode.Success };
};

const getOwner: OnInstance = async (process, _input, context) => ({
  ReturnValue: ProcessCode.Success,
  ...(await knownOwner(process, context)),
});

const getOwnerSid: OnInstance = async (process, _input, context) => ({
  ReturnValue: ProcessCode.Success,
  Sid: await sidOf(context, await knownOwner(process, context)),
});

const setPriority: OnInstance = async (process, { Priority: wanted }, context) => {
  const priority = PRIORITIES[Number(wanted ?? 0)];
  if (priority === undefined)
    throw new MethodRefusal(ProcessCode.InvalidParameter, `there is no priority ${String(wanted)}`);
  await context.store.put(process.with({ Priority: priority }));
  return { ReturnValue: ProcessCode.Success };
};

const attachDebugger: OnInstance = () => {
  throw new MethodRefusal(ProcessCode.PathNotFound, 'no debugger is installed');
};

const getAvailableVirtualSize: OnInstance = (process) => {
  const used = process.get('VirtualSize');
  return {
    ReturnValue: ProcessCode.Success,
    AvailableVirtualSize: ADDRESS_SPACE - (typeof used === 'bigint' ? used : 0n),
  };
};

/** @throws CimError AccessDenied, as Terminate */
const removeProcess: DeleteRule = async (process, context) => {
  if (isOfKernel(process)) throw new CimError('AccessDenied', `Process ${idOf(process)} is the kernel's.`);
  await end(process, context, 0);
};

/** Win32_Process. Processes are instances and nothing more: whatever is asked, no program runs. */
export function processes(hooks: MachineHooks): Provider {
  return {
    className: PROCESS_CLASS,
    // An id is given once, whoever else asks for one.
    exclusive: true,
    methods: {
      Create: refusing((input, context) => createProcess(input, context, hooks)),
      Terminate: refusing(onInstance(unlessOfKernel(terminate))),
      GetOwner: refusing(onInstance(getOwner)),
      GetOwnerSid: refusing(onInstance(getOwnerSid)),
      SetPriority: refusing(onInstance(unlessOfKernel(setPriority))),
      AttachDebugger: refusing(onInstance(unlessOfKernel(attachDebugger))),
      GetAvailableVirtualSize: onInstance(getAvailableVirtualSize),
    },
    instances: { modify: true, delete: removeProcess },
    derived: processTimes,
  };
}
