import type { CimValue } from '../../cim/model/cim-value.js';
import { isCimArray } from '../../cim/model/cim-value.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { type MachineContext, pathIn, tie } from '../machine.js';
import { ServiceRefusal } from './service-code.js';
import { allServices, DEPENDENCY_CLASS, dependenciesOf, isSame, nameOf, SERVICE_CLASS } from './service-rows.js';

/**
 * Gives a service the services that it needs, in the place of those that it needed. It may need what there is not: then it does not start.
 *
 * @throws ServiceRefusal CircularDependency
 */
export async function setDependencies(
  context: MachineContext,
  service: InstancePath,
  names: CimValue | undefined,
): Promise<void> {
  if (names === undefined || !isCimArray(names)) return;
  const wanted = names.filter((one): one is string => typeof one === 'string' && one !== '');
  const known = await allServices(context);
  const paths = wanted.map((name) => {
    const found = known.find((one) => isSame(nameOf(one), name));
    return found?.path ?? pathIn(context, SERVICE_CLASS, { Name: name });
  });
  const passed = new Set<string>();
  for (const path of paths) await checkLeadsElsewhere(context, path, service, passed);
  const before = await context.store.referencing(service, { classNames: [DEPENDENCY_CLASS], role: 'Dependent' });
  await context.store.deleteMany(before.flatMap((one) => one.path ?? []));
  for (const path of paths) await tie(context, DEPENDENCY_CLASS, { Antecedent: path, Dependent: service });
}

/** @param passed where it has been looked by now, whichever way led there */
async function checkLeadsElsewhere(
  context: MachineContext,
  from: InstancePath,
  to: InstancePath,
  passed: Set<string>,
): Promise<void> {
  if (from.equals(to)) throw new ServiceRefusal('CircularDependency', `${to} would need itself`);
  if (passed.has(from.canonical)) return;
  passed.add(from.canonical);
  for (const next of await dependenciesOf(context, from)) await checkLeadsElsewhere(context, next, to, passed);
}
