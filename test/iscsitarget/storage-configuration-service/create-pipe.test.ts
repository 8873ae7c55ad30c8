import { describe, expect, it } from 'vitest';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { createLab, namespace, pairs, peers, port, setting, system } from '../replication-lab.js';

function values(instance: CimInstance | undefined, ...names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, instance?.get(name)]));
}

function textOf(path: unknown): string {
  return path instanceof InstancePath ? path.canonical : String(path);
}

describe('creating a pipe', () => {
  it('answers 0 and the path of a replication pipe with a uuid of its own', async () => {
    const lab = await createLab();
    const [first, second] = [await lab.createPipe(), await lab.createPipe()];
    expect(first.className).toBe('CIMULATOR_ReplicationPipe');
    expect(first.namespace).toBe(namespace);
    expect(first.keys.get('InstanceID')).toMatch(/^cimulator:pipe:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(second.equals(first)).toBe(false);
  });

  it('gives the pipe its name, the defaults of its class and a healthy state', async () => {
    const lab = await createLab();
    const pipe = await lab.get(await lab.createPipe({ PipeElementName: 'blue' }));
    expect(values(pipe, 'ElementName', 'AggregationBehavior', 'EnabledState', 'EnabledDefault')).toEqual({
      ElementName: 'blue',
      AggregationBehavior: 2,
      EnabledState: 5,
      EnabledDefault: 2,
    });
    expect(values(pipe, 'OperationalStatus', 'HealthState')).toEqual({ OperationalStatus: [2], HealthState: 5 });
  });

  it('names a pipe without a name after both systems', async () => {
    const lab = await createLab();
    const pipe = await lab.get(await lab.createPipe({ PipeElementName: null }));
    expect(pipe.get('ElementName')).toBe('a to b');
  });

  it('ends the pipe in two endpoints, one hosted on each system', async () => {
    const lab = await createLab();
    await lab.createPipe();
    const ends = await lab.all('CIMULATOR_ReplicationPipeEndpoint');
    expect(ends.map((end) => end.get('SystemName'))).toEqual(['a', 'b']);
    for (const [index, end] of ends.entries()) {
      expect(values(end, 'ProtocolIFType', 'OtherTypeDescription')).toEqual({
        ProtocolIFType: 1,
        OtherTypeDescription: 'copy/1',
      });
      const [host] = await lab.store.referencing(end.path ?? system('none'), {
        classNames: ['MSISCSITARGET_HostedAccessPoint'],
        role: 'Dependent',
      });
      expect(textOf(host?.get('Antecedent'))).toBe(system(index === 0 ? 'a' : 'b').canonical);
    }
  });

  it.each([
    ['two-way when both peers are', { BidirectionalConnectionsSupported: true }, {}, 2, [4, 4]],
    ['one-way when neither peer is two-way', { BidirectionalConnectionsSupported: false }, {}, 3, [2, 3]],
    [
      'one-way when only one peer is two-way',
      { BidirectionalConnectionsSupported: true },
      { BidirectionalConnectionsSupported: false },
      3,
      [2, 3],
    ],
  ])('makes it %s', async (_, capabilities, b, directionality, sourceOrSink) => {
    const lab = await createLab({ capabilities, b });
    const pipe = await lab.createPipe();
    expect((await lab.get(pipe)).get('Directionality')).toBe(directionality);
    const endings = await lab.store.referencing(pipe, { classNames: ['MSISCSITARGET_EndpointOfNetworkPipe'] });
    expect(endings.map((ending) => ending.get('SourceOrSink'))).toEqual(sourceOrSink);
  });

  it('hosts every pipe in one peer network, which comes with the first', async () => {
    const lab = await createLab();
    expect(await lab.all('CIMULATOR_PeerNetwork')).toEqual([]);
    const pipes = [await lab.createPipe(), await lab.createPipe()];
    const networks = await lab.all('CIMULATOR_PeerNetwork');
    expect(networks).toHaveLength(1);
    const hosted = await lab.all('CIMULATOR_HostedNetworkPipe');
    expect(hosted.map((each) => textOf(each.get('Dependent')))).toEqual(pipes.map(textOf));
    expect(new Set(hosted.map((each) => textOf(each.get('Antecedent'))))).toEqual(
      new Set([networks[0]?.path?.canonical]),
    );
  });

  it('binds ports under the ends of their systems and keeps which are pairs', async () => {
    const lab = await createLab();
    await lab.createPipe(pairs(['tcp-2', 'tcp-1'], ['tcp-1', 'tcp-3']));
    const bindings = await lab.all('CIMULATOR_ReplicationPortBinding');
    const seen = bindings.map((binding) => {
      const [lower, upper] = [binding.get('Antecedent'), binding.get('Dependent')];
      if (!(lower instanceof InstancePath && upper instanceof InstancePath)) throw new Error('no references');
      expect(upper.keys.get('SystemName')).toBe(lower.keys.get('SystemName'));
      expect(upper.className).toBe('CIMULATOR_ReplicationPipeEndpoint');
      return [lower.keys.get('SystemName'), lower.keys.get('Name'), binding.get('PairNumber')];
    });
    expect(seen).toEqual([
      ['a', 'tcp-2', 1],
      ['a', 'tcp-1', 2],
      ['b', 'tcp-1', 1],
      ['b', 'tcp-3', 2],
    ]);
  });

  it('takes empty lists for NULL', async () => {
    const lab = await createLab();
    await lab.createPipe({ SourceEndpoint: [], TargetEndpoint: null });
    expect(await lab.all('CIMULATOR_ReplicationPortBinding')).toEqual([]);
  });

  it('finds systems and ports by references to their base classes', async () => {
    const lab = await createLab();
    const base = (path: InstancePath, className: string) => new InstancePath({ className, keys: path.keys });
    await lab.createPipe({
      SourceSystem: base(system('a'), 'CIM_ComputerSystem'),
      SourceEndpoint: [base(port('a', 'tcp-1'), 'CIM_ProtocolEndpoint')],
      TargetEndpoint: [port('b', 'tcp-1')],
    });
    const [binding] = await lab.all('CIMULATOR_ReplicationPortBinding');
    expect(textOf(binding?.get('Antecedent'))).toBe(port('a', 'tcp-1').canonical);
  });

  it('makes the same InstanceIDs for the same seed', async () => {
    const [one, other] = [await createLab(), await createLab()];
    expect((await one.createPipe()).toString()).toBe((await other.createPipe()).toString());
  });

  it('takes time in proportion to the pairs for as many as the limits allow', async () => {
    const lab = await createLab({ ports: 2000 });
    const names = Array.from({ length: 2000 }, (_, index) => [`tcp-${index + 1}`, `tcp-${2000 - index}`] as const);
    await lab.createPipe(pairs(...names));
    expect(await lab.store.count(namespace, ['CIMULATOR_ReplicationPortBinding'])).toEqual([4000]);
  });
});

describe('the Goal of a new pipe', () => {
  it('of an abstract class becomes a setting of our own class, tied to the pipe', async () => {
    const lab = await createLab();
    const pipe = await lab.createPipe({ Goal: setting('CIM_SettingData', { Description: 'fast' }) });
    const [tie] = await lab.all('MSISCSITARGET_ElementSettingData');
    expect(textOf(tie?.get('ManagedElement'))).toBe(pipe.canonical);
    expect(values(tie, 'IsCurrent', 'IsDefault')).toEqual({ IsCurrent: 1, IsDefault: 2 });
    const kept = await lab.get(tie?.get('SettingData'));
    expect(kept.className).toBe('CIMULATOR_ReplicationPipeSettingData');
    expect(values(kept, 'ElementName', 'Description')).toEqual({ ElementName: 'low latency', Description: 'fast' });
    expect(kept.get('InstanceID')).toMatch(/^cimulator:setting:[0-9a-f-]{36}$/);
  });

  it('of a concrete class stays of its class', async () => {
    const lab = await createLab();
    await lab.createPipe({ Goal: setting('MSISCSITARGET_StorageSetting', { DataRedundancyGoal: 2 }) });
    const [kept] = await lab.all('MSISCSITARGET_StorageSetting');
    expect(kept?.get('DataRedundancyGoal')).toBe(2);
    expect(kept?.get('InstanceID')).toMatch(/^cimulator:setting:/);
  });

  it('without a name is named after the pipe, as a setting must have a name', async () => {
    const lab = await createLab();
    await lab.createPipe({ PipeElementName: 'blue', Goal: setting('CIM_SettingData', { ElementName: null }) });
    const [kept] = await lab.all('CIMULATOR_ReplicationPipeSettingData');
    expect(kept?.get('ElementName')).toBe('blue');
  });

  it('that asks for the direction the pipe gets is met', async () => {
    const lab = await createLab({ capabilities: { BidirectionalConnectionsSupported: true } });
    const Goal = setting('CIMULATOR_ReplicationPipeSettingData', { Directionality: 2 });
    expect((await lab.call({ ...peers, Goal })).ReturnValue).toBe(0);
  });
});
