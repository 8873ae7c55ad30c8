import { describe, expect, it } from 'vitest';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import {
  build,
  createLab,
  type LabOptions,
  namespace,
  pairs,
  peers,
  port,
  type ReplicationLab,
  setting,
  system,
} from '../../iscsitarget/replication-lab.js';

type Values = Readonly<Record<string, CimValue>>;
type Input = Values | ((lab: ReplicationLab) => Promise<Values>);

interface Row {
  readonly condition: string;
  readonly answer: number;
  readonly input: Input;
  readonly lab?: LabOptions;
  /** The system whose service is called; `a` when absent. */
  readonly on?: string;
  readonly before?: readonly CimInstance[];
}

const nowhere = new InstancePath({ namespace, className: 'CIMULATOR_ReplicationPipe', keys: { InstanceID: 'none' } });
const session = build('MSISCSITARGET_iSCSISession', { InstanceID: 'session:1' });
const orphan = build('CIMULATOR_ReplicationPipe', {
  InstanceID: 'orphan',
  SourceSystemName: 'a',
  TargetSystemName: 'b',
});

const pipeOfBoth: Input = async (lab) => ({ ...peers, ReplicationPipe: await lab.createPipe() });
const elsewhere = system('a').inNamespace('root/interop');

const rows: readonly Row[] = [
  { condition: 'SourceSystem is missing', answer: 5, input: { TargetSystem: system('b') } },
  { condition: 'SourceSystem is NULL', answer: 5, input: { ...peers, SourceSystem: null } },
  { condition: 'TargetSystem is missing', answer: 5, input: { SourceSystem: system('a') } },
  { condition: 'TargetSystem is NULL', answer: 5, input: { ...peers, TargetSystem: null } },
  { condition: 'SourceSystem does not exist', answer: 5, input: { ...peers, SourceSystem: system('x') } },
  { condition: 'TargetSystem does not exist', answer: 5, input: { ...peers, TargetSystem: system('x') } },
  { condition: 'a system is named in another namespace', answer: 5, input: { ...peers, SourceSystem: elsewhere } },
  { condition: 'both systems are the same', answer: 5, input: { ...peers, TargetSystem: system('A') } },
  {
    condition: "neither system is the service's",
    answer: 5,
    input: { SourceSystem: system('b'), TargetSystem: system('c') },
  },
  {
    condition: 'the source must be called and the target is',
    answer: 5,
    input: peers,
    lab: { capabilities: { RemoteReplicationServicePointAccess: 3 } },
    on: 'b',
  },
  {
    condition: 'the target must be called and the source is',
    answer: 5,
    input: peers,
    lab: { capabilities: { RemoteReplicationServicePointAccess: 4 } },
  },
  {
    condition: 'the service names its actions and makes no pipes',
    answer: 1,
    input: peers,
    lab: { a: { SupportedSynchronousActions: [2, 8] } },
  },
  { condition: 'the protocols differ', answer: 4, input: peers, lab: { b: { PeerConnectionProtocol: 'copy/2' } } },
  {
    condition: 'the protocols differ in case',
    answer: 4,
    input: peers,
    lab: { b: { PeerConnectionProtocol: 'COPY/1' } },
  },
  {
    condition: 'both protocols are empty',
    answer: 4,
    input: peers,
    lab: { capabilities: { PeerConnectionProtocol: '' } },
  },
  { condition: 'one protocol is NULL', answer: 4, input: { ...peers, TargetSystem: system('c') } },
  { condition: 'the other system has no services', answer: 4, input: { ...peers, TargetSystem: system('bare') } },
  { condition: 'TargetEndpoint is missing', answer: 5, input: { ...peers, SourceEndpoint: [port('a', 'tcp-1')] } },
  {
    condition: 'SourceEndpoint is NULL and TargetEndpoint is not',
    answer: 5,
    input: { ...peers, ...pairs(['tcp-1', 'tcp-1']), SourceEndpoint: null },
  },
  {
    condition: 'the lists differ in length',
    answer: 5,
    input: { ...peers, ...pairs(['tcp-1', 'tcp-1'], ['tcp-2', 'tcp-2']), TargetEndpoint: [port('b', 'tcp-1')] },
  },
  {
    condition: 'an endpoint is NULL',
    answer: 5,
    input: { ...peers, SourceEndpoint: [null], TargetEndpoint: [port('b', 'tcp-1')] },
  },
  { condition: 'an endpoint does not exist', answer: 5, input: { ...peers, ...pairs(['tcp-1', 'tcp-9']) } },
  {
    condition: 'lists are given and clients may not assign ports',
    answer: 5,
    input: { ...peers, ...pairs(['tcp-1', 'tcp-1']) },
    lab: { b: { MaximumPortsPerConnection: 0 } },
  },
  {
    condition: 'the endpoints are on the wrong systems',
    answer: 5,
    input: { ...peers, SourceEndpoint: [port('b', 'tcp-1')], TargetEndpoint: [port('a', 'tcp-1')] },
  },
  {
    condition: 'an endpoint is on a third system',
    answer: 5,
    input: { ...peers, SourceEndpoint: [port('a', 'tcp-1')], TargetEndpoint: [port('c', 'tcp-1')] },
  },
  {
    condition: 'a source endpoint is given twice',
    answer: 5,
    input: { ...peers, ...pairs(['tcp-1', 'tcp-1'], ['TCP-1', 'tcp-2']) },
  },
  {
    condition: 'a target endpoint is given twice',
    answer: 5,
    input: { ...peers, ...pairs(['tcp-1', 'tcp-1'], ['tcp-2', 'tcp-1']) },
  },
  {
    condition: 'the end of a pipe is given as a port',
    answer: 5,
    input: async (lab) => {
      await lab.createPipe();
      const [source, target] = await lab.all('CIMULATOR_ReplicationPipeEndpoint');
      return { ...peers, SourceEndpoint: [source?.path ?? null], TargetEndpoint: [target?.path ?? null] };
    },
  },
  {
    condition: 'there are more pairs than a connection takes',
    answer: 4,
    input: { ...peers, ...pairs(['tcp-1', 'tcp-1'], ['tcp-2', 'tcp-2'], ['tcp-3', 'tcp-3']) },
    lab: { capabilities: { MaximumPortsPerConnection: 4 }, b: { MaximumPortsPerConnection: 2 } },
  },
  {
    condition: 'a port is in as many pipes as it may be',
    answer: 4,
    input: async (lab) => {
      await lab.createPipe(pairs(['tcp-1', 'tcp-1']));
      return { ...peers, ...pairs(['tcp-2', 'tcp-1']) };
    },
    lab: { b: { MaximumConnectionsPerPort: 1 } },
  },
  {
    condition: 'a system is in as many pipes as it may be',
    answer: 4,
    input: async (lab) => {
      await lab.createPipe();
      return peers;
    },
    lab: { b: { MaximumPeerConnections: 1 } },
  },
  { condition: 'a system may be in no pipe', answer: 4, input: peers, lab: { a: { MaximumPeerConnections: 0 } } },
  { condition: 'ReplicationPipe does not exist', answer: 5, input: { ...peers, ReplicationPipe: nowhere } },
  {
    condition: 'ReplicationPipe is an iSCSI session',
    answer: 5,
    input: { ...peers, ReplicationPipe: session.path ?? null },
    before: [session],
  },
  {
    condition: 'ReplicationPipe has no ends',
    answer: 2,
    input: { ...peers, ReplicationPipe: orphan.path ?? null },
    before: [orphan],
  },
  {
    condition: 'ReplicationPipe joins the systems the other way round',
    answer: 5,
    input: async (lab) => ({
      ...(await valuesOf(pipeOfBoth, lab)),
      SourceSystem: system('b'),
      TargetSystem: system('a'),
    }),
  },
  {
    condition: 'ReplicationPipe joins another system',
    answer: 5,
    input: async (lab) => ({ ...(await valuesOf(pipeOfBoth, lab)), TargetSystem: system('c') }),
  },
  {
    condition: 'Goal asks for a direction that the systems do not make',
    answer: 4,
    input: { ...peers, Goal: setting('CIMULATOR_ReplicationPipeSettingData', { Directionality: 2 }) },
  },
];

/** Parameters of the method, and properties of the capabilities that forbid it. */
const NAMED =
  /\b(?:SourceSystem|TargetSystem|SourceEndpoint|TargetEndpoint|ReplicationPipe|Goal|SupportedSynchronousActions|MaximumPeerConnections)\b/;

async function valuesOf(input: Input, lab: ReplicationLab): Promise<Values> {
  return typeof input === 'function' ? input(lab) : input;
}

describe('CreateOrModifyReplicationPipe answers', () => {
  it.each(rows)('$answer and changes nothing when $condition', async (row) => {
    const lab = await createLab(row.lab);
    await lab.add(...(row.before ?? []));
    const input = await valuesOf(row.input, lab);
    const before = await lab.dump();
    const rename = { PipeElementName: 'renamed', ...input };
    expect(await lab.call(rename, { on: row.on ?? 'a' })).toEqual({ ReturnValue: row.answer, ReplicationPipe: null });
    expect(await lab.dump()).toEqual(before);
  });

  it.each(rows)('$answer with one reason that names the parameter or the rule when $condition', async (row) => {
    const lab = await createLab(row.lab);
    await lab.add(...(row.before ?? []));
    await lab.call(await valuesOf(row.input, lab), { on: row.on ?? 'a' });
    expect(lab.reasons().map(({ text }) => text)).toEqual([expect.stringMatching(NAMED)]);
  });

  it.each([
    ['a port is in as many pipes as it may be', 'CIMULATOR_ReplicationPortBinding'],
    ['a system is in as many pipes as it may be', 'MSISCSITARGET_HostedAccessPoint'],
    ['Goal asks for a direction that the systems do not make', 'MSISCSITARGET_StorageReplicationCapabilities'],
    ['ReplicationPipe joins another system', 'CIMULATOR_ReplicationPipe'],
  ])('a reason that is for those only who may read what it tells of when %s', async (condition, className) => {
    const row = rows.find((one) => one.condition === condition);
    const lab = await createLab(row?.lab);
    await lab.call(await valuesOf(row?.input ?? {}, lab));
    expect(lab.reasons()[0]?.about.map((path) => path.className)).toContain(className);
  });

  it('4096 to everything with the Windows profile', async () => {
    const lab = await createLab({ profile: 'windows' });
    const before = await lab.dump();
    expect(await lab.call(peers)).toEqual({ ReturnValue: 4096, ReplicationPipe: null });
    expect(lab.reasons()[0]?.text).toContain('--profile windows');
    expect(await lab.call({})).toEqual({ ReturnValue: 4096, ReplicationPipe: null });
    expect(await lab.dump()).toEqual(before);
  });
});

describe('the provider by itself answers', () => {
  const notASetting = build('MSFTSM_ComputerSystem', { CreationClassName: 'x', Name: 'x' });

  it.each([
    ['5 when Goal is no setting', { Goal: notASetting }, 5],
    ['5 when the class of Goal is unknown', { Goal: setting('X_Setting') }, 5],
  ])('%s', async (_, input, ReturnValue) => {
    const lab = await createLab();
    const before = await lab.dump();
    expect(await lab.callProvider({ ...peers, ...input })).toEqual({ ReturnValue, ReplicationPipe: null });
    expect(await lab.dump()).toEqual(before);
  });
});

describe('the service that takes the call is', () => {
  it.each([
    ['that of the source', 2, 'a'],
    ['that of the target', 2, 'b'],
    ['that of the source when it must be', 3, 'a'],
    ['that of the target when it must be', 4, 'b'],
    ['that of a proxy when it may be', 5, 'c'],
  ])('%s', async (_, RemoteReplicationServicePointAccess, on) => {
    const lab = await createLab({ capabilities: { RemoteReplicationServicePointAccess } });
    const [proxy] = await lab.all('MSISCSITARGET_StorageReplicationCapabilities').then((all) => all.slice(2));
    if (proxy) await lab.add(proxy.with({ RemoteReplicationServicePointAccess }));
    expect((await lab.call(peers, { on })).ReturnValue).toBe(0);
  });
});

describe('limits', () => {
  it('allow as many pipes, pairs and pipes per port as they say', async () => {
    const lab = await createLab({
      capabilities: { MaximumPeerConnections: 2, MaximumPortsPerConnection: 2, MaximumConnectionsPerPort: 2 },
    });
    await lab.createPipe(pairs(['tcp-1', 'tcp-1'], ['tcp-2', 'tcp-2']));
    await lab.createPipe(pairs(['tcp-1', 'tcp-1'], ['tcp-2', 'tcp-2']));
    expect((await lab.call(peers)).ReturnValue).toBe(4);
  });

  it('hold for calls at the same time: two do not get the only place of a port', async () => {
    const lab = await createLab({ capabilities: { MaximumConnectionsPerPort: 1 } });
    const ports = pairs(['tcp-1', 'tcp-1']);
    const answers = await Promise.all([lab.call({ ...peers, ...ports }), lab.call({ ...peers, ...ports })]);
    expect(answers.map(({ ReturnValue }) => ReturnValue).toSorted()).toEqual([0, 4]);
    expect((await lab.all('CIMULATOR_ReplicationPipe')).length).toBe(1);
  });

  it('count the pipes of a system, not those of others', async () => {
    const lab = await createLab({ a: { MaximumPeerConnections: 1 } });
    const [, , ofC] = await lab.all('MSISCSITARGET_StorageReplicationCapabilities');
    if (ofC) await lab.add(ofC.with({ PeerConnectionProtocol: 'copy/1' }));
    const others = { SourceSystem: system('b'), TargetSystem: system('c') };
    expect((await lab.call(others, { on: 'b' })).ReturnValue).toBe(0);
    expect((await lab.call(peers)).ReturnValue).toBe(0);
    expect((await lab.call(peers)).ReturnValue).toBe(4);
  });
});

describe('capabilities', () => {
  it('about pipes are those that name a protocol, when a service has several', async () => {
    const lab = await createLab();
    const { path: first } = build('MSISCSITARGET_StorageReplicationCapabilities', { InstanceID: 'capabilities:a' });
    const local = build('MSISCSITARGET_StorageReplicationCapabilities', { InstanceID: 'local:a' });
    const ties = await lab.all('MSISCSITARGET_ElementCapabilities');
    const ofA = ties.find((tie) => tie.get('Capabilities')?.toString() === first?.toString());
    if (!ofA?.path) throw new Error('the lab has no capabilities');
    const { ManagedElement } = Object.fromEntries(ofA.properties);
    const tied = (Capabilities: CimValue) =>
      build('MSISCSITARGET_ElementCapabilities', { ManagedElement: ManagedElement ?? null, Capabilities });
    const path = ofA.path;
    await lab.store.transaction((transaction) => transaction.delete(path));
    await lab.add(local, tied(local.path ?? null), tied(first ?? null));
    expect((await lab.call(peers)).ReturnValue).toBe(0);
  });
});
