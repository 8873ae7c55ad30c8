import { describe, expect, it } from 'vitest';
import type { Broker } from '../../../src/cim/broker.js';
import { createUuidSource } from '../../../src/cim/contracts/uuid-source.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { iscsiTargetProviders } from '../../../src/iscsitarget/providers.js';
import { createMemoryStore } from '../../../src/store/memory/memory-store.js';
import { loadNamespace, namespace } from '../../iscsitarget/iscsitarget-schema.js';
import { port, service, setting, system } from '../../iscsitarget/replication-lab.js';
import { countWaits, type WaitCountingStore } from '../../store/wait-counting-store.js';
import { createCimServer } from '../../support/cim-server.js';

const { schema, instances } = loadNamespace('two-servers');

interface Lab extends WaitCountingStore {
  readonly broker: Broker;
  invoke(input: Record<string, CimValue>): Promise<InstancePath>;
}

/** The default lab on a store that counts. */
async function openLab(): Promise<Lab> {
  const inner = createMemoryStore();
  await inner.transaction((transaction) => transaction.putMany(instances));
  const counting = countWaits(inner);
  const providers = iscsiTargetProviders('smi-s');
  const { broker } = createCimServer({
    namespaces: [{ name: namespace, schema, providers }],
    store: counting.store,
    newUuid: createUuidSource(7),
  });
  return {
    ...counting,
    broker,
    async invoke(input) {
      const { outputs } = await broker.invokeMethod({
        namespace,
        target: service('iscsi-a.lab.example'),
        methodName: 'CreateOrModifyReplicationPipe',
        input: new NameMap(Object.entries(input)),
      });
      const pipe = outputs.get('ReplicationPipe');
      if (!(pipe instanceof InstancePath)) throw new Error('no pipe came back');
      counting.takeCalls();
      return pipe;
    },
  };
}

const peers = { SourceSystem: system('iscsi-a.lab.example'), TargetSystem: system('iscsi-b.lab.example') };
const ports = (host: string) => [port(host, 'tcp-1'), port(host, 'tcp-2')];
const withEverything = {
  ...peers,
  SourceEndpoint: ports('iscsi-a.lab.example'),
  TargetEndpoint: ports('iscsi-b.lab.example'),
  Goal: setting('CIMULATOR_ReplicationPipeSettingData'),
};

/** Each wait may be a way to a database and back. */
describe('waits for the store, one after the other', () => {
  it('are two at most for opening an enumeration of every class', async () => {
    const { broker, takeWaits } = await openLab();
    await broker.openInstances(namespace, 'CIM_ManagedElement', { subclasses: true });
    expect(takeWaits()).toBeLessThanOrEqual(2);
  });

  it('are one for a page over many classes, and one for their number', async () => {
    const { broker, takeWaits } = await openLab();
    const cursor = await broker.openInstances(namespace, 'CIM_ManagedElement', { subclasses: true });
    expect(cursor.classNames.length).toBeGreaterThan(5);
    takeWaits();
    const batch = await broker.pullInstances(cursor, 1000);
    expect(batch.instances.length).toBeGreaterThan(20);
    expect(takeWaits()).toBe(1);
    await broker.countInstances(cursor);
    expect(takeWaits()).toBe(1);
  });

  it('are two at most for looking up a value in every class', async () => {
    const { broker, takeWaits } = await openLab();
    const values = new NameMap([['ElementName', 'iscsi-a.lab.example']]);
    expect(await broker.findInstances(namespace, 'CIM_ManagedElement', values)).toBeDefined();
    expect(takeWaits()).toBeLessThanOrEqual(2);
  });

  it('are two at most for what is associated with a system', async () => {
    const { broker, takeWaits } = await openLab();
    const found = await broker.associators(peers.SourceSystem);
    expect(found.length).toBeGreaterThan(3);
    expect(takeWaits()).toBeLessThanOrEqual(2);
  });

  it('are four at most for a new pipe', async () => {
    const { invoke, takeWaits } = await openLab();
    await invoke(peers);
    expect(takeWaits()).toBeLessThanOrEqual(4);
  });

  it('are six at most for a new pipe with ports and a goal', async () => {
    const { invoke, takeWaits } = await openLab();
    await invoke(withEverything);
    expect(takeWaits()).toBeLessThanOrEqual(6);
  });

  it('are four at most for the new name of a pipe', async () => {
    const { invoke, takeWaits } = await openLab();
    const ReplicationPipe = await invoke(peers);
    takeWaits();
    await invoke({ ...peers, ReplicationPipe, PipeElementName: 'renamed' });
    expect(takeWaits()).toBeLessThanOrEqual(4);
  });

  it.each([
    ['a pipe', peers],
    ['a pipe with ports and a setting', withEverything],
  ])('are four at most for deleting %s', async (_, input) => {
    const { broker, store, invoke, takeWaits } = await openLab();
    const pipe = await invoke(input);
    takeWaits();
    await broker.deleteInstance(pipe);
    expect(takeWaits()).toBeLessThanOrEqual(4);
    expect(await store.get(pipe)).toBeUndefined();
  });
});
