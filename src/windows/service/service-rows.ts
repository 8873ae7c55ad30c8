import type { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { allOf, type MachineContext, type MachineReader, removeWithTies } from '../machine.js';
import { dropNote, findNote } from '../notes.js';
import type { StoredInstance } from '../on-instance.js';

export const SERVICE_CLASS = 'Win32_Service';
export const DRIVER_CLASS = 'Win32_SystemDriver';
export const DEPENDENCY_CLASS = 'Win32_DependentService';

/** Services and drivers have one database, in which a name stands once. */
export async function allServices(context: MachineReader): Promise<CimInstance[]> {
  return [...(await allOf(context, SERVICE_CLASS)), ...(await allOf(context, DRIVER_CLASS))];
}

/** The service or driver that a path means, which may name it by a base class of both. */
export async function findService(
  { namespace, store }: MachineReader,
  path: InstancePath,
): Promise<StoredInstance | undefined> {
  const found = await store.findByKeys(namespace, path.canonicalKeys);
  return found.find(
    (one): one is StoredInstance => isSame(one.className, SERVICE_CLASS) || isSame(one.className, DRIVER_CLASS),
  );
}

export function nameOf(service: CimInstance): string {
  return service.getString('Name') ?? '';
}

export function isSame(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}

/** What a service needs: the paths of the services and drivers that run before it does. */
export async function dependenciesOf({ store }: MachineReader, service: InstancePath): Promise<InstancePath[]> {
  return endsOf(await store.referencing(service, { classNames: [DEPENDENCY_CLASS], role: 'Dependent' }), 'Antecedent');
}

/** What needs a service. */
export async function dependentsOf({ store }: MachineReader, service: InstancePath): Promise<InstancePath[]> {
  return endsOf(await store.referencing(service, { classNames: [DEPENDENCY_CLASS], role: 'Antecedent' }), 'Dependent');
}

function endsOf(ties: readonly CimInstance[], role: string): InstancePath[] {
  return ties.flatMap((tie) => {
    const end = tie.get(role);
    return end instanceof InstancePath ? [end] : [];
  });
}

export async function isMarkedForDeletion(context: MachineReader, service: CimInstance): Promise<boolean> {
  return (await findNote(context, 'CIMULATOR_ServiceNote', nameOf(service)))?.get('MarkedForDeletion') === true;
}

/**
 * Takes a service away, with what ties it to others. What needs it goes on needing it: it does not start any more, since it needs
 * something that there is not.
 */
export async function removeService(context: MachineContext, service: StoredInstance): Promise<void> {
  const needing = await context.store.referencing(service.path, { classNames: [DEPENDENCY_CLASS], role: 'Antecedent' });
  await removeWithTies(context, service.path);
  await context.store.putMany(needing);
  await dropNote(context, 'CIMULATOR_ServiceNote', nameOf(service));
}
