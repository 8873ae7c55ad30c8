import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CimStatus } from '../../../src/cim/model/cim-status.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { storedPath } from '../../../src/iscsitarget/stored-path.js';
import {
  build,
  createLab,
  namespace,
  pairs,
  port,
  type ReplicationLab,
  setting,
} from '../../iscsitarget/replication-lab.js';

const failed = expect.objectContaining({ name: 'CimError', status: CimStatus.Failed });

/** A lab in which the peer network is there, as it is once there was a pipe. */
async function labWithNetwork(): Promise<ReplicationLab> {
  const lab = await createLab();
  await lab.add(
    build('CIMULATOR_PeerNetwork', { CreationClassName: 'CIMULATOR_PeerNetwork', Name: 'cimulator:peer-network' }),
  );
  return lab;
}

describe('deleting a pipe', () => {
  it('leaves nothing of it behind and touches nothing else', async () => {
    const lab = await labWithNetwork();
    const before = await lab.dump();
    const pipe = await lab.createPipe({
      ...pairs(['tcp-1', 'tcp-2'], ['tcp-2', 'tcp-1']),
      Goal: setting('CIM_SettingData'),
    });
    await lab.broker.deleteInstance(pipe);
    expect(await lab.dump()).toEqual(before);
  });

  it('leaves the network that came with the first pipe', async () => {
    const lab = await createLab();
    await lab.broker.deleteInstance(await lab.createPipe());
    expect(await lab.store.count(namespace, ['CIMULATOR_PeerNetwork'])).toEqual([1]);
    expect(await lab.store.count(namespace, ['CIMULATOR_HostedNetworkPipe'])).toEqual([0]);
  });

  it('finds the pipe by a path of CIM_NetworkPipe', async () => {
    const lab = await createLab();
    const { keys } = await lab.createPipe();
    await lab.broker.deleteInstance(new InstancePath({ namespace, className: 'CIM_NetworkPipe', keys }));
    expect(await lab.store.count(namespace, ['CIMULATOR_ReplicationPipe'])).toEqual([0]);
  });

  it('leaves other pipes whole, whichever go and in whatever order', async () => {
    const anyPipe = fc.record({ ports: fc.uniqueArray(fc.integer({ min: 1, max: 3 })), hasGoal: fc.boolean() });
    const anyPlan = fc
      .array(anyPipe, { minLength: 1, maxLength: 4 })
      .chain((pipes) =>
        fc.record({ pipes: fc.constant(pipes), going: fc.shuffledSubarray(pipes.map((_, index) => index)) }),
      );
    const create = (lab: ReplicationLab, { ports, hasGoal }: { ports: number[]; hasGoal: boolean }, name: string) =>
      lab.createPipe({
        PipeElementName: name,
        ...pairs(...ports.map((number) => [`tcp-${number}`, `tcp-${number}`] as const)),
        ...(hasGoal && { Goal: setting('CIM_SettingData') }),
      });
    await fc.assert(
      fc.asyncProperty(anyPlan, async ({ pipes, going }) => {
        const lab = await labWithNetwork();
        const before = await lab.dump();
        const parts: string[][] = [];
        const paths: InstancePath[] = [];
        for (const [index, pipe] of pipes.entries()) {
          const without = new Set(await lab.dump());
          paths.push(await create(lab, pipe, `pipe ${index}`));
          parts.push((await lab.dump()).filter((text) => !without.has(text)));
        }
        for (const index of going) await lab.broker.deleteInstance(paths[index] ?? port('a', 'none'));
        const staying = parts.filter((_, index) => !going.includes(index)).flat();
        expect((await lab.dump()).toSorted()).toEqual([...before, ...staying].toSorted());
      }),
      { numRuns: 40 },
    );
  });

  it('leaves a setting that another pipe has too', async () => {
    const lab = await createLab();
    const [pipe, other] = [await lab.createPipe({ Goal: setting('CIM_SettingData') }), await lab.createPipe()];
    const [kept] = await lab.all('CIMULATOR_ReplicationPipeSettingData');
    const tie = { ManagedElement: other, SettingData: kept?.path ?? null };
    await lab.add(build('MSISCSITARGET_ElementSettingData', tie));
    await lab.broker.deleteInstance(pipe);
    expect(await lab.all('CIMULATOR_ReplicationPipeSettingData')).toEqual([kept]);
    await lab.broker.deleteInstance(other);
    expect(await lab.all('CIMULATOR_ReplicationPipeSettingData')).toEqual([]);
  });

  it('lets a port be bound again where as many pipes as it takes had it', async () => {
    const lab = await createLab({ capabilities: { MaximumConnectionsPerPort: 1 } });
    await lab.broker.deleteInstance(await lab.createPipe(pairs(['tcp-1', 'tcp-1'])));
    await lab.createPipe(pairs(['tcp-1', 'tcp-1']));
    expect(await lab.store.count(namespace, ['CIMULATOR_ReplicationPortBinding'])).toEqual([2]);
  });

  it('is refused while another pipe consists of it, and changes nothing', async () => {
    const lab = await createLab();
    const [part, whole] = [await lab.createPipe(pairs(['tcp-1', 'tcp-1'])), await lab.createPipe()];
    await lab.add(build('MSISCSITARGET_NetworkPipeComposition', { GroupComponent: whole, PartComponent: part }));
    const before = await lab.dump();
    await expect(lab.broker.deleteInstance(part)).rejects.toEqual(failed);
    expect(await lab.dump()).toEqual(before);
  });

  it('is refused while something else needs one of its ends, and changes nothing', async () => {
    const lab = await createLab();
    const pipe = await lab.createPipe();
    const [end] = await lab.all('CIMULATOR_ReplicationPipeEndpoint');
    if (!end) throw new Error('the pipe has no end');
    const needing = { Antecedent: storedPath(end), Dependent: port('a', 'tcp-1') };
    await lab.add(build('MSISCSITARGET_BindsTo', needing));
    const before = await lab.dump();
    await expect(lab.broker.deleteInstance(pipe)).rejects.toEqual(failed);
    expect(await lab.dump()).toEqual(before);
  });
});
