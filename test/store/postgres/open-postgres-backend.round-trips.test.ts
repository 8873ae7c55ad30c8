import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Broker } from '../../../src/cim/broker.js';
import type { InstanceStore } from '../../../src/cim/contracts/instance-store.js';
import { createUuidSource } from '../../../src/cim/contracts/uuid-source.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { iscsiTargetProviders } from '../../../src/iscsitarget/providers.js';
import { createDurableStore } from '../../../src/store/durable/durable-store.js';
import { openPostgresBackend } from '../../../src/store/postgres/open-postgres-backend.js';
import { loadNamespace, namespace } from '../../iscsitarget/iscsitarget-schema.js';
import { service, system } from '../../iscsitarget/replication-lab.js';
import { createCimServer } from '../../support/cim-server.js';
import { sharedPostgres } from './shared-postgres.js';
import { startWireProxy, type WireProxy } from './wire-proxy.js';

const postgres = await sharedPostgres();
const { schema, instances } = loadNamespace('two-servers');
const peers = { SourceSystem: system('iscsi-a.lab.example'), TargetSystem: system('iscsi-b.lab.example') };

interface Opened {
  readonly broker: Broker;
  readonly store: InstanceStore;
}

/** Ways to the database and back, one after the other: what is asked together is one. */
describe.skipIf(!postgres)('ways to PostgreSQL and back', () => {
  let proxy: WireProxy;
  const stores: InstanceStore[] = [];
  beforeAll(async () => {
    proxy = await startWireProxy(postgres?.port ?? 0);
  });
  afterEach(() => Promise.all(stores.splice(0).map((store) => store.close())));
  afterAll(() => proxy?.close());

  /** The default lab, by one who has not read any of it; the connections are there. */
  async function openLab(): Promise<Opened> {
    const url = postgres?.url({}, proxy.port) ?? '';
    const first = createDurableStore(await openPostgresBackend(url));
    await first.transaction((transaction) => transaction.putMany(instances));
    await first.close();
    const store = createDurableStore(await openPostgresBackend(url));
    stores.push(store);
    await Promise.all([store.version(), store.isEmpty()]);
    const providers = iscsiTargetProviders('smi-s');
    const namespaces = [{ name: namespace, schema, providers }];
    const { broker } = createCimServer({ namespaces, store, newUuid: createUuidSource(7) });
    proxy.takeWaits();
    return { broker, store };
  }

  async function makePipe(broker: Broker): Promise<InstancePath> {
    const input = new NameMap(Object.entries(peers));
    const target = service('iscsi-a.lab.example');
    const call = { namespace, target, methodName: 'CreateOrModifyReplicationPipe', input };
    const pipe = (await broker.invokeMethod(call)).outputs.get('ReplicationPipe');
    if (!(pipe instanceof InstancePath)) throw new Error('no pipe came back');
    return pipe;
  }

  it('are two at most for opening an enumeration of every class', async () => {
    const { broker } = await openLab();
    await broker.openInstances(namespace, 'CIM_ManagedElement', { subclasses: true });
    expect(proxy.takeWaits()).toBeLessThanOrEqual(2);
  });

  it('are two at most for looking up a value in every class, once it is indexed', async () => {
    const { broker, store } = await openLab();
    const find = (name: string) =>
      broker.findInstances(namespace, 'CIM_ManagedElement', new NameMap([['ElementName', name]]));
    await find('nobody');
    await store.version();
    proxy.takeWaits();
    expect(await find('iscsi-a.lab.example')).toBeDefined();
    expect(proxy.takeWaits()).toBeLessThanOrEqual(2);
  });

  it('are two at most for what is associated with a system', async () => {
    const { broker } = await openLab();
    expect((await broker.associators(peers.SourceSystem)).length).toBeGreaterThan(3);
    expect(proxy.takeWaits()).toBeLessThanOrEqual(2);
  });

  it('is one for an instance that was read before', async () => {
    const { broker } = await openLab();
    await broker.getInstance(peers.SourceSystem);
    proxy.takeWaits();
    await broker.getInstance(peers.SourceSystem);
    expect(proxy.takeWaits()).toBe(1);
  });

  it('are four at most for a pipe, also the first of a process, and for deleting one; fewer for the next', async () => {
    const { broker } = await openLab();
    await makePipe(broker);
    const first = proxy.takeWaits();
    const pipe = await makePipe(broker);
    const next = proxy.takeWaits();
    await broker.deleteInstance(pipe);
    expect(proxy.takeWaits()).toBeLessThanOrEqual(4);
    expect(first).toBeLessThanOrEqual(4);
    expect(next).toBeLessThanOrEqual(3);
  });
});
