import type { MethodContext, MethodInput, MethodOutput } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { CIMV2 } from '../namespaces.js';
import { taskError } from './task-error.js';
import { placeOf, placeOfInstance, type TaskPlace } from './task-rows.js';

type Work = (
  input: MethodInput,
  context: MethodContext,
) => Promise<CimInstance | string | undefined> | CimInstance | string;

/** A method that answers 0 and its output, or ends with an error; nothing works while the service is not running. */
export function answering(work: Work) {
  return async (input: MethodInput, context: MethodContext): Promise<MethodOutput> => {
    await checkService(context);
    const cmdletOutput = await work(input, context);
    return cmdletOutput === undefined ? { ReturnValue: 0 } : { ReturnValue: 0, cmdletOutput };
  };
}

async function checkService({ store }: MethodContext): Promise<void> {
  const service = await store.get(
    new InstancePath({ namespace: CIMV2, className: 'Win32_Service', keys: { Name: 'Schedule' } }),
  );
  if (service && service.get('State') !== 'Running') throw taskError('serviceNotRunning');
}

/** The task that is named. */
export const named = ({ TaskName, TaskPath }: MethodInput) => placeOf(TaskName, TaskPath);
/** The task that is given. */
export const given = ({ InputObject }: MethodInput) => placeOfInstance(InputObject);

/** The same for a task that is named and for one that is given. */
export function both(
  name: string,
  input: 'Name' | 'Path',
  work: (place: TaskPlace, context: MethodContext) => ReturnType<Work>,
) {
  return {
    [`${name}By${input}`]: answering((values, context) => work(named(values), context)),
    [`${name}ByObject`]: answering((values, context) => work(given(values), context)),
  };
}
