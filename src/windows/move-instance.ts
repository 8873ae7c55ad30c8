import { CimInstance } from '../cim/model/cim-instance.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import type { MachineContext } from './machine.js';
import type { StoredInstance } from './on-instance.js';

/** Puts an instance in the place of one with other keys: what refers to that refers to it from then on. */
export async function moveInstance(from: StoredInstance, to: CimInstance, { store }: Pick<MachineContext, 'store'>) {
  const path = to.path ?? from.path;
  const referring = await store.referencing(from.path);
  await store.deleteMany([from.path, ...referring.flatMap((one) => one.path ?? [])]);
  await store.put(to.at(path));
  const redirected = (value: CimValue) => (value instanceof InstancePath && value.equals(from.path) ? path : value);
  for (const one of referring) {
    if (!one.path) continue;
    const { namespace, className, keys } = one.path;
    const at = new InstancePath({
      namespace,
      className,
      keys: Array.from(keys, ([name, value]): [string, CimKeyValue] => [name, redirected(value) as CimKeyValue]),
    });
    const properties = Array.from(one.properties, ([name, value]): [string, CimValue] => [name, redirected(value)]);
    await store.put(new CimInstance(one.className, properties, at));
  }
}
