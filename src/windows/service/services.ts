import type {
  DeleteRule,
  MethodContext,
  MethodImplementation,
  MethodInput,
  Provider,
} from '../../cim/contracts/provider.js';
import { refusing } from '../method-refusal.js';
import { dropNote } from '../notes.js';
import { onInstance, type StoredInstance, stored } from '../on-instance.js';
import { printWhenStarted } from '../printers/spooler.js';
import { changeService, changeStartMode } from './change-service.js';
import { interrogateService, pauseService, resumeService, stopService, userControlService } from './control-service.js';
import { createService } from './create-service.js';
import { deleteService } from './delete-service.js';
import { ServiceCode } from './service-code.js';
import { leaveProcess } from './service-process.js';
import { nameOf } from './service-rows.js';
import { getSecurityDescriptor, setSecurityDescriptor } from './service-security.js';
import { isPending } from './service-state.js';
import { startService } from './start-service.js';
import { settle } from './transitions.js';

const DONE = { ReturnValue: ServiceCode.Success };

/** Does something with a service, or throws a ServiceRefusal. */
type Act = (service: StoredInstance, input: MethodInput, context: MethodContext) => Promise<void>;

/** A method of it: on the service as it is by now. */
function acting(act: Act): MethodImplementation {
  return refusing(
    onInstance(async (instance, input, context) => {
      const service = await settle(context, instance.path);
      await act(stored(service ?? instance), input, context);
      return DONE;
    }),
  );
}

/** A service that starts may be what prints, or need it. */
async function starting(work: Promise<void>, context: MethodContext): Promise<void> {
  await work;
  await printWhenStarted(context);
}

/** Its process goes with it; what ties it to others, the broker finds in the way, or it is no more. */
const deleteRule: DeleteRule = async (service, context) => {
  const ties = await context.store.referencing(stored(service).path);
  await context.store.deleteMany(ties.flatMap((one) => one.path ?? []));
  await context.store.put(service.with({ ProcessId: 0 }));
  await leaveProcess(context, Number(service.get('ProcessId') ?? 0));
  await dropNote(context, 'CIMULATOR_ServiceNote', nameOf(service));
};

const methods = {
  StartService: acting((service, _input, context) => starting(startService(service, context), context)),
  StopService: acting((service, _input, context) => stopService(service, context)),
  PauseService: acting((service, _input, context) => pauseService(service, context)),
  ResumeService: acting((service, _input, context) => starting(resumeService(service, context), context)),
  InterrogateService: acting((service) => interrogateService(service)),
  UserControlService: acting((service, { ControlCode }) => userControlService(service, ControlCode)),
  Change: acting((service, input, context) => changeService(service, input, context)),
  ChangeStartMode: acting((service, input, context) => changeStartMode(service, input, context)),
  Delete: acting((service, _input, context) => deleteService(service, context)),
};

/** Starting is a matter of several rows, and ids of processes are given once. */
const shared = { exclusive: true, instances: { delete: deleteRule } } satisfies Partial<Provider>;

function provide(className: string, more: Partial<Provider>): Provider {
  const Create = refusing(async (input, context) => {
    await createService(className, input, context);
    return DONE;
  });
  return { className, ...shared, ...more, methods: { ...methods, Create, ...more.methods } };
}

/** Services and drivers: Win32_BaseService's methods are those of both. */
export const services: readonly Provider[] = [
  provide('Win32_Service', {
    methods: {
      GetSecurityDescriptor: onInstance((service, _input, context) => getSecurityDescriptor(service, context)),
      SetSecurityDescriptor: refusing(onInstance(setSecurityDescriptor)),
    },
    derived: {
      // What a service is stored with is how long it takes, which it says while it does.
      WaitHint: (service) => (isPending(service) ? service.get('WaitHint') : 0),
    },
  }),
  provide('Win32_SystemDriver', {}),
];
