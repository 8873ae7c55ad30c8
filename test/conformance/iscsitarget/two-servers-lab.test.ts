import { describe, expect, it } from 'vitest';
import { createUuidSource } from '../../../src/cim/contracts/uuid-source.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { iscsiTargetProviders } from '../../../src/iscsitarget/providers.js';
import { createMemoryStore } from '../../../src/store/memory/memory-store.js';
import { loadNamespace, namespace } from '../../iscsitarget/iscsitarget-schema.js';
import { port, service, system } from '../../iscsitarget/replication-lab.js';
import { createCimServer } from '../../support/cim-server.js';

const { schema, instances } = loadNamespace('two-servers');

/** The default lab, called as the recorded clients call it. */
async function openLab() {
  const store = createMemoryStore();
  await store.transaction(async (transaction) => {
    for (const instance of instances) await transaction.put(instance);
  });
  const providers = iscsiTargetProviders('smi-s');
  const { broker } = createCimServer({
    namespaces: [{ name: namespace, schema, providers }],
    store,
    newUuid: createUuidSource(7),
  });
  const invoke = async (methodName: string, input: Record<string, CimValue>) => {
    const target = service('iscsi-a.lab.example');
    return broker.invokeMethod({ namespace, target, methodName, input: new NameMap(Object.entries(input)) });
  };
  return { broker, store, invoke };
}

const ports = (host: string) => [port(host, 'tcp-1'), port(host, 'tcp-2')];
const peers = { SourceSystem: system('iscsi-a.lab.example'), TargetSystem: system('iscsi-b.lab.example') };

describe('the default lab', () => {
  it('makes a pipe of two pairs between its two servers, whose parts can be read back', async () => {
    const { broker, invoke } = await openLab();
    const { returnValue, outputs } = await invoke('CreateOrModifyReplicationPipe', {
      ...peers,
      PipeElementName: 'pipe-a',
      SourceEndpoint: ports('iscsi-a.lab.example'),
      TargetEndpoint: ports('iscsi-b.lab.example'),
    });
    expect(returnValue).toBe(0);
    const pipe = outputs.get('ReplicationPipe');
    if (!(pipe instanceof InstancePath)) throw new Error('no pipe came back');
    expect((await broker.getInstance(pipe)).get('ElementName')).toBe('pipe-a');
    const ends = await broker.associators(pipe, { associationClass: 'CIM_EndpointOfNetworkPipe' });
    expect(ends.map((end) => end.get('SystemName'))).toEqual(['iscsi-a.lab.example', 'iscsi-b.lab.example']);
    for (const end of ends) {
      if (!end.path) throw new Error('an end has no path');
      const bound = await broker.associators(end.path, { associationClass: 'MSISCSITARGET_BindsTo' });
      expect(bound.map((each) => each.get('Name'))).toEqual(['tcp-1', 'tcp-2']);
      expect(new Set(bound.map((each) => each.get('SystemName')))).toEqual(new Set([end.get('SystemName')]));
    }
  });

  it('makes no pipe to the server with another protocol', async () => {
    const { invoke } = await openLab();
    const input = { ...peers, TargetSystem: system('legacy-c.lab.example') };
    expect((await invoke('CreateOrModifyReplicationPipe', input)).returnValue).toBe(4);
  });

  it('answers Not Supported, 1, to the other methods of the service', async () => {
    const { invoke } = await openLab();
    expect((await invoke('CreateOrModifyStoragePool', {})).returnValue).toBe(1);
  });
});
