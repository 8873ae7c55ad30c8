import { describe, expect, it } from 'vitest';
import type { DerivedValue, Provider } from '../../../src/cim/contracts/provider.js';
import { createUuidSource } from '../../../src/cim/contracts/uuid-source.js';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { createMemoryStore } from '../../../src/store/memory/memory-store.js';
import { createCimServer } from '../../support/cim-server.js';
import {
  changes,
  createVolumeSchema,
  failing,
  hostPath,
  instance,
  namespace,
  stored,
  usesPath,
  volumePath,
} from '../volume-lab.js';

const [a, t] = [volumePath('a'), volumePath('t', 'ThinVolume')];
const instances = [
  stored(a, { Label: 'blue', Size: 1n, State: 2 }),
  stored(t, { Label: 'blue', Size: 2n, Used: 7n }),
  stored(hostPath('h')),
  stored(usesPath('h', a)),
  stored(usesPath('h', t)),
];

/** Counts what it is stored with, and the calls. */
const label: DerivedValue = (one, { now }) => `${one.getString('Label')} at ${now()}`;

async function lab(...providers: readonly Provider[]) {
  const store = createMemoryStore();
  await store.transaction((transaction) => transaction.putMany(instances));
  const schema = createVolumeSchema();
  const server = createCimServer({
    namespaces: [{ name: namespace, schema, providers }],
    store,
    newUuid: createUuidSource(1),
  });
  const at = (time: number) => server.as({ now: () => time });
  return { ...server, store, at };
}

const derives = (className: string, derived: Readonly<Record<string, DerivedValue>>, more: Partial<Provider> = {}) => ({
  className,
  methods: {},
  derived,
  ...more,
});
const labels = (found: Iterable<CimInstance> | undefined) => Array.from(found ?? [], (one) => one.get('Label'));

describe('a derived value', () => {
  it('is made for each Get anew, by the clock of the call, and never stored', async () => {
    const { at, store } = await lab(derives('Volume', { Label: label }));
    expect((await at(1).getInstance(a)).get('Label')).toBe('blue at 1');
    expect((await at(2).getInstance(a)).get('Label')).toBe('blue at 2');
    expect((await store.get(a))?.get('Label')).toBe('blue');
  });

  it('is there in enumerations, associators and references', async () => {
    const { at } = await lab(derives('Volume', { Label: label }), derives('Uses', { Rank: () => 9 }));
    const broker = at(3);
    const cursor = await broker.openInstances(namespace, 'Volume', { subclasses: true });
    expect(labels((await broker.pullInstances(cursor, 9)).instances)).toEqual(['blue at 3', 'blue at 3']);
    expect(labels(await broker.associators(hostPath('h'), {}))).toEqual(['blue at 3', 'blue at 3']);
    expect((await broker.references(hostPath('h'), {})).map((one) => one.get('Rank'))).toEqual([9, 9]);
  });

  it('is what a search compares, and no index is asked for it', async () => {
    const { at } = await lab(derives('Volume', { Label: label }));
    const find = (values: Record<string, CimValue>) => at(4).findInstances(namespace, 'Volume', changes(values));
    expect(await find({ Label: 'blue at 4' })).toBeUndefined();
    expect(labels(await find({ Label: 'blue at 4', Size: 2n }))).toEqual(['blue at 4']);
    expect(await find({ Label: 'blue', Size: 2n })).toEqual([]);
    expect(labels(await find({ Label: 'blue at 4', Name: 'a' }))).toEqual(['blue at 4']);
  });

  it('of a subclass takes the place of that of its superclass, and leaves the others', async () => {
    const { at } = await lab(
      derives('Volume', { Label: label, State: () => 5 }),
      derives('ThinVolume', { Label: () => 'thin' }),
    );
    const thin = await at(5).getInstance(t);
    expect([thin.get('Label'), thin.get('State')]).toEqual(['thin', 5]);
    expect((await at(5).getInstance(a)).get('Label')).toBe('blue at 5');
    // An index that knows nothing of the subclass is not asked for both.
    expect(await at(5).findInstances(namespace, 'Volume', changes({ Label: 'thin' }))).toBeUndefined();
  });

  it('may be waited for, and see the store', async () => {
    const count: DerivedValue = async (_one, { store, namespace: name }) =>
      `${(await store.count(name, ['Volume', 'ThinVolume'])).join(' and ')}`;
    const { broker } = await lab(derives('Volume', { Label: count }));
    expect((await broker.getInstance(a)).get('Label')).toBe('1 and 1');
  });

  it('that comes back with the whole instance changes nothing; alone it is refused', async () => {
    const { at, store } = await lab(derives('Volume', { Label: label }));
    const got = await at(1).getInstance(a);
    const modified = await at(2).modifyInstance(a, new NameMap([...got.properties, ['State', 3]]));
    expect([modified?.get('Label'), modified?.get('State')]).toEqual(['blue at 2', 3]);
    expect((await store.get(a))?.get('Label')).toBe('blue');
    await expect(at(3).modifyInstance(a, changes({ Label: 'red' }))).rejects.toEqual(failing('InvalidParameter'));
  });

  it('is not stored of a new instance', async () => {
    const { broker, store } = await lab(derives('Volume', { Label: () => 'mine' }));
    const path = await broker.createInstance(namespace, instance('Volume', { Name: 'n', Label: 'yours' }));
    expect((await store.get(path))?.properties.has('Label')).toBe(false);
    expect((await broker.getInstance(path)).get('Label')).toBe('mine');
  });

  it('is an error of the provider when it does not fit', async () => {
    const { broker } = await lab(derives('Volume', { State: () => 'many' }));
    await expect(broker.getInstance(a)).rejects.toMatchObject({ name: 'ProviderError' });
  });
});

describe('where no class derives anything', () => {
  it('instances are the very ones of the store', async () => {
    const { broker, store } = await lab();
    expect(await broker.getInstance(a)).toBe(await store.get(a));
    const cursor = await broker.openInstances(namespace, 'Volume', { subclasses: true });
    expect((await broker.pullInstances(cursor, 9)).instances[0]).toBe(await store.get(a));
  });

  it('in a class, its instances are the very ones beside others', async () => {
    const { broker, store } = await lab(derives('ThinVolume', { Label: () => 'thin' }));
    expect(await broker.getInstance(a)).toBe(await store.get(a));
    expect((await broker.getInstance(t)).get('Label')).toBe('thin');
  });
});
