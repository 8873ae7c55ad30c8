import { describe, expect, it } from 'vitest';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { storedPath } from '../../../src/iscsitarget/stored-path.js';
import { createLab, namespace, pairs, peers, type ReplicationLab, setting } from '../replication-lab.js';

describe('modifying a pipe', () => {
  it('answers 0 and the same pipe, and makes no new one', async () => {
    const lab = await createLab();
    const pipe = await lab.createPipe();
    const answer = await lab.call({ ...peers, ReplicationPipe: pipe });
    expect(answer.ReturnValue).toBe(0);
    expect(answer.ReplicationPipe?.toString()).toBe(pipe.toString());
    expect(await lab.store.count(namespace, ['CIMULATOR_ReplicationPipe'])).toEqual([1]);
    expect(await lab.store.count(namespace, ['CIMULATOR_ReplicationPipeEndpoint'])).toEqual([2]);
  });

  it('with nothing but systems and pipe changes nothing', async () => {
    const lab = await createLab();
    const ReplicationPipe = await lab.createPipe({ ...pairs(['tcp-1', 'tcp-1']), Goal: setting('CIM_SettingData') });
    const before = await lab.dump();
    const nulls = { PipeElementName: null, SourceEndpoint: null, TargetEndpoint: null, Goal: null };
    expect((await lab.call({ ...peers, ...nulls, ReplicationPipe })).ReturnValue).toBe(0);
    expect(await lab.dump()).toEqual(before);
  });

  it('renames it when a name is given', async () => {
    const lab = await createLab();
    const ReplicationPipe = await lab.createPipe({ PipeElementName: 'blue' });
    await lab.call({ ...peers, ReplicationPipe, PipeElementName: 'green' });
    expect((await lab.get(ReplicationPipe)).get('ElementName')).toBe('green');
  });

  it('finds it by a reference to CIM_NetworkPipe', async () => {
    const lab = await createLab();
    const { keys } = await lab.createPipe();
    const ReplicationPipe = new InstancePath({ className: 'CIM_NetworkPipe', keys });
    expect((await lab.call({ ...peers, ReplicationPipe })).ReturnValue).toBe(0);
  });

  it('takes a pipe that does not say which system is its source either way', async () => {
    const lab = await createLab();
    const ReplicationPipe = await lab.createPipe();
    await lab.add((await lab.get(ReplicationPipe)).with({ SourceSystemName: null }));
    const reversed = { SourceSystem: peers.TargetSystem, TargetSystem: peers.SourceSystem, ReplicationPipe };
    expect((await lab.call(reversed)).ReturnValue).toBe(0);
  });

  it.each([
    ['replaces the ports with those given', [['tcp-3', 'tcp-3']], ['tcp-3:tcp-3']],
    ['takes ports away', [['tcp-2', 'tcp-2']], ['tcp-2:tcp-2']],
    [
      'adds ports',
      [
        ['tcp-1', 'tcp-1'],
        ['tcp-2', 'tcp-2'],
        ['tcp-3', 'tcp-3'],
      ],
      ['tcp-1:tcp-1', 'tcp-2:tcp-2', 'tcp-3:tcp-3'],
    ],
    [
      'pairs the same ports anew',
      [
        ['tcp-2', 'tcp-1'],
        ['tcp-1', 'tcp-2'],
      ],
      ['tcp-2:tcp-1', 'tcp-1:tcp-2'],
    ],
  ] as [string, [string, string][], string[]][])('%s', async (_, given, expected) => {
    const lab = await createLab();
    const ReplicationPipe = await lab.createPipe(pairs(['tcp-1', 'tcp-1'], ['tcp-2', 'tcp-2']));
    expect((await lab.call({ ...peers, ReplicationPipe, ...pairs(...given) })).ReturnValue).toBe(0);
    expect(await pairsOf(ReplicationPipe, lab)).toEqual(expected);
  });

  it('does not write bindings that stay', async () => {
    const lab = await createLab();
    const ReplicationPipe = await lab.createPipe(pairs(['tcp-1', 'tcp-1'], ['tcp-2', 'tcp-2']));
    const [first] = await lab.all('CIMULATOR_ReplicationPortBinding');
    await lab.call({ ...peers, ReplicationPipe, ...pairs(['tcp-1', 'tcp-1'], ['tcp-3', 'tcp-3']) });
    expect((await lab.all('CIMULATOR_ReplicationPortBinding'))[0]).toBe(first);
  });

  it('is held to the limits without counting its own ports', async () => {
    const lab = await createLab({ capabilities: { MaximumConnectionsPerPort: 1, MaximumPeerConnections: 2 } });
    const ReplicationPipe = await lab.createPipe(pairs(['tcp-1', 'tcp-1'], ['tcp-2', 'tcp-2']));
    await lab.createPipe(pairs(['tcp-3', 'tcp-3']));
    const again = { ...peers, ReplicationPipe };
    expect((await lab.call({ ...again, ...pairs(['tcp-2', 'tcp-1']) })).ReturnValue).toBe(0);
    expect((await lab.call({ ...again, ...pairs(['tcp-3', 'tcp-1']) })).ReturnValue).toBe(4);
    expect(await pairsOf(ReplicationPipe, lab)).toEqual(['tcp-2:tcp-1']);
  });

  it('replaces the setting when a Goal is given', async () => {
    const lab = await createLab();
    const ReplicationPipe = await lab.createPipe({ Goal: setting('MSISCSITARGET_StorageSetting') });
    const Goal = setting('CIM_SettingData', { ElementName: 'second' });
    await lab.call({ ...peers, ReplicationPipe, Goal });
    expect(await lab.all('MSISCSITARGET_StorageSetting')).toEqual([]);
    const [kept] = await lab.all('CIMULATOR_ReplicationPipeSettingData');
    expect(kept?.get('ElementName')).toBe('second');
    expect(await lab.store.count(namespace, ['MSISCSITARGET_ElementSettingData'])).toEqual([1]);
  });

  it('keeps a replaced setting that another pipe has too', async () => {
    const lab = await createLab();
    const ReplicationPipe = await lab.createPipe({ Goal: setting('CIM_SettingData') });
    const other = await lab.createPipe();
    const [tie] = await lab.all('MSISCSITARGET_ElementSettingData');
    if (!tie?.path) throw new Error('no setting');
    const keys = { ManagedElement: other, SettingData: tie.path.keys.get('SettingData') ?? '' };
    const path = new InstancePath({ namespace, className: tie.className, keys });
    await lab.add(tie.with({ ManagedElement: other }).at(path));
    await lab.call({ ...peers, ReplicationPipe, Goal: setting('CIM_SettingData') });
    expect(await lab.store.count(namespace, ['CIMULATOR_ReplicationPipeSettingData'])).toEqual([2]);
  });
});

/** Pairs of a pipe as `port-on-a:port-on-b`, in order. */
async function pairsOf(pipe: InstancePath, lab: ReplicationLab): Promise<string[]> {
  const numbered = new Map<number, Map<unknown, unknown>>();
  for (const ending of await lab.store.referencing(pipe, { classNames: ['MSISCSITARGET_EndpointOfNetworkPipe'] })) {
    const end = await lab.get(ending.get('Antecedent'));
    const filter = { classNames: ['CIMULATOR_ReplicationPortBinding'], role: 'Dependent' };
    for (const binding of await lab.store.referencing(storedPath(end), filter)) {
      const port = await lab.get(binding.get('Antecedent'));
      const number = Number(binding.get('PairNumber'));
      numbered.set(number, (numbered.get(number) ?? new Map()).set(port.get('SystemName'), port.get('Name')));
    }
  }
  return [...numbered].sort(([a], [b]) => a - b).map(([, pair]) => `${pair.get('a')}:${pair.get('b')}`);
}
