import { CimInstance } from '../../src/cim/cim-instance.js';
import type { CimValue } from '../../src/cim/cim-value.js';
import { InstancePath } from '../../src/cim/instance-path.js';

export const namespace = 'root/test';

export function path(className: string, id: string, inNamespace = namespace): InstancePath {
  return new InstancePath({ namespace: inNamespace, className, keys: { Id: id } });
}

/** An instance at its path, with other properties besides its key. */
export function instance(className: string, id: string, properties: Record<string, CimValue> = {}): CimInstance {
  return new CimInstance(className, Object.entries({ Id: id, ...properties }), path(className, id));
}

/** An association instance whose keys are its references. */
export function association(className: string, ends: Record<string, InstancePath>): CimInstance {
  return new CimInstance(className, Object.entries(ends), new InstancePath({ namespace, className, keys: ends }));
}

/** Keys of instances in order, for short assertions. */
export function ids(instances: Iterable<CimInstance>): (string | undefined)[] {
  return Array.from(instances, (found) => found.getString('Id'));
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
