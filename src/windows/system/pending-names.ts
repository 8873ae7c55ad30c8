import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../../cim/model/instance-path.js';
import { allOf, type MachineContext, onlyOne } from '../machine.js';
import { findNote, note } from '../notes.js';

/** Roles of members of a workgroup and of a domain, workstation and server: DomainRole. */
const ROLES = { workstation: { alone: 0, member: 1 }, server: { alone: 2, member: 3 } } as const;

/** Gives the computer the name and the domain that wait for its start. */
export async function applyPendingNames(context: MachineContext): Promise<void> {
  const noted = await findNote(context, 'CIMULATOR_MachineNote');
  const computer = await onlyOne(context, 'Win32_ComputerSystem');
  if (!noted || !computer) return;
  const [name, domain, workgroup] = ['PendingName', 'PendingDomain', 'PendingWorkgroup'].map((one) =>
    noted.getString(one),
  );
  await note(context, 'CIMULATOR_MachineNote', { PendingName: null, PendingDomain: null, PendingWorkgroup: null });
  const system = await onlyOne(context, 'Win32_OperatingSystem');
  const roles = system?.get('ProductType') === 1 ? ROLES.workstation : ROLES.server;
  if (domain !== undefined)
    await context.store.put(
      computer.with({ Domain: domain, PartOfDomain: true, Workgroup: null, DomainRole: roles.member }),
    );
  if (workgroup !== undefined)
    await context.store.put(
      computer.with({ Domain: workgroup, PartOfDomain: false, Workgroup: workgroup, DomainRole: roles.alone }),
    );
  const before = computer.getString('Name');
  if (name !== undefined && before !== undefined) await rename(before, name, context);
}

/**
 * The name of a computer is in the keys of what it has, in references to it, and in the names of its accounts: wherever it stands by itself,
 * or before a backslash, it is the new one from then on.
 */
async function rename(before: string, after: string, context: MachineContext): Promise<void> {
  const { schema, store, namespace } = context;
  const old = before.toLowerCase();
  const text = (value: string) => {
    if (value.toLowerCase() === old) return value === value.toLowerCase() ? after.toLowerCase() : after;
    return value.toLowerCase().startsWith(`${old}\\`) ? after + value.slice(before.length) : value;
  };
  const path = (one: InstancePath): InstancePath =>
    new InstancePath({
      host: one.host,
      namespace: one.namespace,
      className: one.className,
      isSingleton: one.isSingleton,
      keys: Array.from(one.keys, ([key, value]): [string, CimKeyValue] => [key, renamed(value) as CimKeyValue]),
    });
  const renamed = (value: CimValue): CimValue =>
    typeof value === 'string' ? text(value) : value instanceof InstancePath ? path(value) : value;
  for (const { name } of schema.classes) {
    for (const one of await allOf({ store, namespace }, name)) {
      if (!one.path) continue;
      const properties = Array.from(one.properties, ([key, value]): [string, CimValue] => [key, renamed(value)]);
      const to = path(one.path);
      const isChanged =
        !to.equals(one.path) ||
        properties.some(([key, value]) => value !== one.get(key) && !isSamePath(value, one.get(key)));
      if (!isChanged) continue;
      if (!to.equals(one.path)) await store.delete(one.path);
      await store.put(new CimInstance(one.className, properties, to));
    }
  }
}

function isSamePath(a: CimValue, b: CimValue): boolean {
  return a instanceof InstancePath && b instanceof InstancePath && a.equals(b);
}
