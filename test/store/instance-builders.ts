import type { InstanceReader } from '../../src/cim/contracts/instance-store.js';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';

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

/** The instances of a class as of now, page by page. */
export async function collectPages(reader: InstanceReader, className: string, limit: number): Promise<CimInstance[]> {
  const asOf = await reader.mark();
  const all: CimInstance[] = [];
  let after: string | undefined;
  do {
    const page = await reader.page(namespace, [className], { asOf, after, limit });
    if (page.instances.length > limit) throw new Error(`a page of ${page.instances.length} is over the limit`);
    all.push(...page.instances);
    after = page.next;
  } while (after !== undefined);
  return all;
}
