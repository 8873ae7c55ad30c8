import type { MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import type { StoredInstance } from '../on-instance.js';
import { ServiceRefusal } from './service-code.js';
import { setDependencies } from './service-dependencies.js';
import { hasProcess } from './service-process.js';
import { isMarkedForDeletion, nameOf } from './service-rows.js';
import { readSettings, readStartMode } from './service-settings.js';

async function checkStays(service: StoredInstance, context: MethodContext): Promise<void> {
  if (!(await isMarkedForDeletion(context, service))) return;
  throw new ServiceRefusal('ServiceMarkedForDeletion', `${nameOf(service)} is to be deleted`);
}

/** Changes what is given and leaves the rest; what runs takes no notice until it is started again. @throws ServiceRefusal */
export async function changeService(
  service: StoredInstance,
  input: MethodInput,
  context: MethodContext,
): Promise<void> {
  await checkStays(service, context);
  const changes = await readSettings(input, nameOf(service), !hasProcess(service), context);
  await setDependencies(context, service.path, input.ServiceDependencies);
  await context.store.put(service.with(changes));
}

/** @throws ServiceRefusal */
export async function changeStartMode(
  service: StoredInstance,
  { StartMode }: MethodInput,
  context: MethodContext,
): Promise<void> {
  await checkStays(service, context);
  const mode = readStartMode(String(StartMode ?? ''), !hasProcess(service));
  await context.store.put(
    service.with({
      StartMode: mode,
      ...(mode !== 'Auto' && service.properties.has('DelayedAutoStart') && { DelayedAutoStart: false }),
    }),
  );
}
