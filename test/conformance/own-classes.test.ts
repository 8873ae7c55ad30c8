import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { NameMap } from '../../src/cim/model/name-map.js';
import type { Endpoint } from '../../src/endpoint/endpoint.js';
import { ISCSI_TARGET_NAMESPACE } from '../../src/endpoint/iscsi-target-namespace.js';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';

const path = (name: string) =>
  new InstancePath({ namespace: ISCSI_TARGET_NAMESPACE, className: 'LAB_Thermostat', keys: { DeviceID: name } });
const lab = { lab: 'fixtures/examples/thermostat.mof', users: [{ name: 'a', password: 'b' }] };

describe('a class of a lab that derives from a built-in one and has no provider', () => {
  let endpoint: Endpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint(lab);
  });
  afterAll(() => endpoint.close());

  it('is data: its instances can be created', async () => {
    const given = new CimInstance('LAB_Thermostat', Object.entries({ DeviceID: 't-9', Room: 'Attic' }));
    const created = await endpoint.broker.createInstance(ISCSI_TARGET_NAMESPACE, given);
    expect((await endpoint.broker.getInstance(created)).get('Room')).toBe('Attic');
  });

  it('is data: its instances can be changed', async () => {
    const changed = await endpoint.broker.modifyInstance(path('t-1'), new NameMap([['Room', 'Bath']]));
    expect(changed?.get('Room')).toBe('Bath');
  });

  it('is data: its instances can be deleted', async () => {
    await endpoint.broker.deleteInstance(path('t-2'));
    await expect(endpoint.broker.getInstance(path('t-2'))).rejects.toThrow('There is no instance');
  });
});

describe('a method without one of its required parameters', () => {
  const SetTarget = async () => ({ ReturnValue: 7 });
  const call = async (requiredParameters: 'checked' | 'unchecked', input: NameMap<CimValue>) => {
    const providers = [{ className: 'LAB_Thermostat', methods: { SetTarget }, requiredParameters }];
    await using endpoint = await startEndpoint({ ...lab, providers });
    const target = path('t-1');
    return await endpoint.broker.invokeMethod({
      namespace: ISCSI_TARGET_NAMESPACE,
      target,
      methodName: 'SetTarget',
      input,
    });
  };

  it.each([
    ['left out', new NameMap<CimValue>()],
    ['NULL', new NameMap<CimValue>([['Target', null]])],
  ])('is refused when the parameter is %s', async (_, input) => {
    await expect(call('checked', input)).rejects.toThrow('Parameter Target of SetTarget is required.');
  });

  it('runs when its provider answers such calls itself', async () => {
    expect((await call('unchecked', new NameMap())).returnValue).toBe(7);
  });
});
