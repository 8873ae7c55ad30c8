import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Broker } from '../../../src/cim/broker.js';
import type { InstanceCursor } from '../../../src/cim/contracts/cim-operation.js';
import type { InstanceTransaction } from '../../../src/cim/contracts/instance-store.js';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { createVolumeLab, failing, hostPath, namespace, stored, volumePath } from '../volume-lab.js';

describe('enumerating classes', () => {
  it.each([
    ['the roots', { deep: false }, ['Setting', 'Report', 'Device', 'Host', 'Alarm', 'Uses', 'Copy']],
    ['the direct subclasses of a class', { className: 'device', deep: false }, ['Volume']],
    ['its subclasses at any distance', { className: 'Device', deep: true }, ['Volume', 'ThinVolume']],
    ['nothing for a class without subclasses', { className: 'Host', deep: true }, []],
  ])('gives %s', async (_, selection, expected) => {
    const { broker } = await createVolumeLab();
    expect((await broker.enumerateClasses(namespace, selection)).map(({ name }) => name)).toEqual(expected);
  });

  it('gives every class once, after its superclass, when no class is named', async () => {
    const { broker, schema } = await createVolumeLab();
    const names = (await broker.enumerateClasses(namespace, { deep: true })).map(({ name }) => name);
    expect(names.toSorted()).toEqual([...schema.classes].map(({ name }) => name).toSorted());
    expect(names.indexOf('Device')).toBeLessThan(names.indexOf('ThinVolume'));
  });

  it('fails with InvalidClass or InvalidNamespace', async () => {
    const { broker } = await createVolumeLab();
    const [known, unknown] = [{ deep: false }, { className: 'Nothing', deep: false }];
    await expect(broker.enumerateClasses(namespace, unknown)).rejects.toEqual(failing('InvalidClass'));
    await expect(broker.enumerateClasses('root/none', known)).rejects.toEqual(failing('InvalidNamespace'));
  });
});

/** As clients do it, with the cursor going over the wire between two batches. */
async function pullAll(broker: Broker, first: InstanceCursor, limit: number): Promise<CimInstance[]> {
  const all: CimInstance[] = [];
  for (let cursor: InstanceCursor | undefined = first; cursor; ) {
    const batch = await broker.pullInstances(JSON.parse(JSON.stringify(cursor)), limit);
    all.push(...batch.instances);
    cursor = batch.next;
  }
  return all;
}

const names = (instances: readonly CimInstance[]) => instances.map((each) => each.get('Name'));
const instances = [
  stored(volumePath('a')),
  stored(volumePath('t', 'ThinVolume')),
  stored(volumePath('b')),
  stored(hostPath('h')),
];

describe('enumerating instances', () => {
  it.each([1, 2, 3, 100])('gives those of the class and its subclasses in batches of %i', async (limit) => {
    const { broker } = await createVolumeLab(instances);
    const cursor = await broker.openInstances(namespace, 'device', { subclasses: true });
    expect(names(await pullAll(broker, cursor, limit))).toEqual(['a', 'b', 't']);
  });

  it('gives those of exactly the class when asked to', async () => {
    const { broker } = await createVolumeLab(instances);
    const cursor = await broker.openInstances(namespace, 'VOLUME', { subclasses: false });
    expect(names(await pullAll(broker, cursor, 9))).toEqual(['a', 'b']);
  });

  it('gives a cursor that holds the classes with instances and no instance', async () => {
    const { broker } = await createVolumeLab(instances);
    const cursor = await broker.openInstances('ROOT\\volumes', 'Device', { subclasses: true });
    expect(cursor).toEqual({ namespace, classNames: ['Volume', 'ThinVolume'], asOf: cursor.asOf });
    expect(cursor.asOf.length).toBeLessThan(20);
  });

  it('of nothing ends with the first batch', async () => {
    const { broker } = await createVolumeLab();
    const cursor = await broker.openInstances(namespace, 'Device', { subclasses: true });
    expect(await broker.pullInstances(cursor, 5)).toEqual({ instances: [], next: undefined });
  });

  it('fails with InvalidClass, InvalidNamespace, or InvalidParameter for a batch of none', async () => {
    const { broker } = await createVolumeLab(instances);
    const open = (name: string, className: string) => broker.openInstances(name, className, { subclasses: true });
    await expect(open(namespace, 'Nothing')).rejects.toEqual(failing('InvalidClass'));
    await expect(open('root/none', 'Device')).rejects.toEqual(failing('InvalidNamespace'));
    const cursor = await open(namespace, 'Device');
    await expect(broker.pullInstances(cursor, 0)).rejects.toEqual(failing('InvalidParameter'));
    await expect(broker.pullInstances(cursor, 1.5)).rejects.toEqual(failing('InvalidParameter'));
  });

  it('shows each instance that stays once and as it is then, and none that came later, whatever happens between', async () => {
    const anyName = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
    const anyClass = fc.constantFrom('Volume', 'ThinVolume');
    const anyVolume = fc.record({ name: anyName, className: anyClass });
    const anyStep = fc.record({
      ...{ name: anyName, className: anyClass },
      kind: fc.constantFrom('change', 'delete', 'new'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyVolume, { maxLength: 10 }),
        fc.array(fc.array(anyStep, { maxLength: 4 }), { maxLength: 10 }),
        fc.integer({ min: 1, max: 4 }),
        async (first, steps, limit) => {
          const lab = await createVolumeLab(
            first.map(({ name, className }) => stored(volumePath(name, className), { Label: 'old' })),
          );
          const waiting = new Set(first.map(({ name, className }) => volumePath(name, className).canonical));
          await enumerateAmidChanges(lab, steps, { limit, waiting });
          expect([...waiting]).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** Something that happens to a volume between two batches. */
interface Step {
  readonly kind: string;
  readonly name: string;
  readonly className: string;
}

/** @param waiting canonical paths that are still to come; those that came or were deleted are taken out */
async function enumerateAmidChanges(
  { broker, store }: Awaited<ReturnType<typeof createVolumeLab>>,
  steps: readonly (readonly Step[])[],
  { limit, waiting }: { readonly limit: number; readonly waiting: Set<string> },
): Promise<void> {
  let cursor: InstanceCursor | undefined = await broker.openInstances(namespace, 'Device', { subclasses: true });
  for (let round = 0; cursor; round += 1) {
    const batch = await broker.pullInstances(cursor, limit);
    for (const each of batch.instances) {
      // Neither seen before nor deleted nor new, and in its present state.
      expect(waiting.delete(each.path?.canonical ?? '')).toBe(true);
      expect(await store.get(each.path ?? volumePath('none'))).toBe(each);
    }
    cursor = batch.next;
    const now = steps[round] ?? [];
    await store.transaction((transaction) => carryOut(now, transaction, `round ${round}`));
    for (const { kind, name, className } of now) {
      if (kind === 'delete') waiting.delete(volumePath(name, className).canonical);
    }
  }
}

async function carryOut(steps: readonly Step[], store: InstanceTransaction, label: string): Promise<void> {
  for (const { kind, name, className } of steps) {
    const path = volumePath(name, className);
    const found = await store.get(path);
    if (kind === 'change' && found) await store.put(found.with({ Label: label }));
    if (kind === 'delete') await store.delete(path);
    if (kind === 'new' && !found) await store.put(stored(path, { Label: 'new' }));
  }
}
