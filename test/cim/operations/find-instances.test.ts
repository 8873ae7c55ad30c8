import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InstanceStore } from '../../../src/cim/contracts/instance-store.js';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { changes, createVolumeLab, failing, hostPath, namespace, stored, usesPath, volumePath } from '../volume-lab.js';

const [a, b, t] = [volumePath('a'), volumePath('b'), volumePath('t', 'ThinVolume')];
const instances = [
  stored(a, { Label: 'blue', Size: 1n, Load: 1.5 }),
  stored(b, { Label: 'Blue', Size: 2n }),
  stored(t, { Label: 'red', Size: 2n, Used: 7n }),
  stored(hostPath('h'), { Label: 'blue' }),
  stored(usesPath('h', a), { Rank: 1 }),
  stored(usesPath('h', t), { Rank: 1 }),
];

const names = (found: readonly CimInstance[] | undefined) => found?.map((each) => each.get('Name')).sort();

describe('finding instances by equalities', () => {
  it.each<[string, string, Record<string, CimValue>, string[]]>([
    ['a key, in any case', 'Volume', { name: 'A' }, ['a']],
    ['a key, of a subclass through its base class', 'Device', { Name: 't' }, ['t']],
    ['a key that only an instance of another class has', 'ThinVolume', { Name: 'a' }, []],
    ['all keys of several', 'Host', { Domain: 'LAB', Name: 'h', Port: 3260 }, ['h']],
    ['a key and a property', 'Volume', { Name: 'a', Label: 'red' }, []],
    ['an indexed property', 'Volume', { Label: 'BLUE' }, ['a', 'b']],
    ['two properties', 'Volume', { Label: 'blue', Size: 2n }, ['b']],
    ['some of the keys', 'Host', { Domain: 'lab' }, ['h']],
    ['a property of the subclass', 'ThinVolume', { Used: 7n }, ['t']],
    ['an index beside what has none', 'Volume', { Label: 'blue', Load: 1.5 }, ['a']],
    ['NULL beside an index', 'Volume', { Label: 'blue', Load: null }, ['b']],
    ['NULL of two beside an index', 'Volume', { Label: 'blue', Made: null }, ['a', 'b']],
    ['nothing that is there', 'Volume', { Label: 'green' }, []],
  ])('finds by %s', async (_, className, values, expected) => {
    const { broker } = await createVolumeLab(instances);
    expect(names(await broker.findInstances(namespace, className, changes(values)))).toEqual(expected);
  });

  it.each([
    ['one end', { Antecedent: hostPath('H') }, 2],
    [
      'one end without a namespace',
      { Antecedent: new InstancePath({ className: 'host', keys: hostPath('H').keys }) },
      2,
    ],
    ['both ends', { Antecedent: hostPath('H'), Dependent: t }, 1],
    ['an end and a property', { Antecedent: hostPath('h'), Rank: 2 }, 0],
  ])('finds associations by %s', async (_, values, count) => {
    const { broker } = await createVolumeLab(instances);
    expect((await broker.findInstances(namespace, 'Uses', changes(values)))?.length).toBe(count);
  });

  it.each<[string, Record<string, CimValue>]>([
    ['nothing is given', {}],
    ['the property holds real numbers', { Load: 1.5 }],
    ['the value is NULL', { Label: null }],
    ['the property is an array', { Codes: [1] }],
  ])('knows that only a scan can find when %s', async (_, values) => {
    const { broker } = await createVolumeLab(instances);
    expect(await broker.findInstances(namespace, 'Volume', changes(values))).toBeUndefined();
  });

  it('fails with NoSuchProperty, InvalidClass or InvalidNamespace', async () => {
    const { broker } = await createVolumeLab(instances);
    const find = (name: string, className: string, property: string) =>
      broker.findInstances(name, className, changes({ [property]: 'x' }));
    await expect(find(namespace, 'Volume', 'Colour')).rejects.toEqual(failing('NoSuchProperty'));
    await expect(find(namespace, 'Nothing', 'Name')).rejects.toEqual(failing('InvalidClass'));
    await expect(find('root/none', 'Volume', 'Name')).rejects.toEqual(failing('InvalidNamespace'));
  });

  it('finds what a filter over all instances finds, before and after any changes', async () => {
    const anyVolume = fc
      .record({
        name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        className: fc.constantFrom('Volume', 'ThinVolume'),
        Label: fc.option(fc.constantFrom('x', 'X', 'y')),
        State: fc.nat(2),
        isGone: fc.boolean(),
      })
      .map(({ name, className, isGone, ...values }) => ({
        isGone,
        instance: stored(volumePath(name, className), values),
      }));
    const anyWanted = fc.record(
      { Label: fc.constantFrom('x', 'y', 'z'), State: fc.nat(2), Name: fc.constantFrom('a', 'B') },
      { requiredKeys: ['State'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyVolume), anyWanted, fc.array(anyVolume), async (before, wanted, after) => {
        const { broker, store } = await createVolumeLab();
        const expectSame = async () => {
          const expected = (await all(store)).filter((each) =>
            Object.entries(wanted).every(([name, value]) => lower(each.get(name)) === lower(value)),
          );
          const found = await broker.findInstances(
            namespace,
            'Device',
            changes({ ...(wanted.Name && { Name: wanted.Name }) }),
          );
          if (wanted.Name) expect(new Set(found)).toEqual(new Set(await filterByName(store, wanted.Name)));
          expect(new Set(await broker.findInstances(namespace, 'Volume', changes(wanted)))).toEqual(new Set(expected));
        };
        for (const writes of [before, after]) {
          await store.transaction(async (transaction) => {
            for (const { isGone, instance } of writes) {
              if (isGone && instance.path) await transaction.delete(instance.path);
              else await transaction.put(instance);
            }
          });
          await expectSame();
        }
      }),
      { numRuns: 200 },
    );
  });
});

const lower = (value: CimValue) => (typeof value === 'string' ? value.toLowerCase() : value);

async function all(store: InstanceStore): Promise<CimInstance[]> {
  const found: CimInstance[] = [];
  for (const className of ['Volume', 'ThinVolume']) {
    for await (const each of store.scan(namespace, className)) found.push(each);
  }
  return found;
}

async function filterByName(store: InstanceStore, name: string): Promise<CimInstance[]> {
  return (await all(store)).filter((each) => lower(each.get('Name')) === lower(name));
}
