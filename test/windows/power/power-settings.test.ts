import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import type { Endpoint } from '../../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';

const logger = { debug() {}, info() {}, warn() {}, error() {} };

let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startEndpoint({ port: 0, logger });
});

afterAll(() => endpoint.close());

describe('root/cimv2/power', () => {
  const POWER = 'root/cimv2/power';
  const plan = (id: string) =>
    new InstancePath({
      namespace: POWER,
      className: 'Win32_PowerPlan',
      keys: { InstanceID: `Microsoft:PowerPlan\\${id}` },
    });
  const BALANCED = plan('{381b4222-f694-41f0-9685-ff5bb260df2e}');
  const SAVER = plan('{a1841308-3541-4fab-bc81-f71556f20b4a}');

  it('has an index of each setting for each plan, on mains alone as there is no battery', async () => {
    const indexes = await endpoint.broker.associators(BALANCED, { resultClass: 'Win32_PowerSettingDataIndex' });
    const settings = await endpoint.cim.find('SELECT * FROM Win32_PowerSetting', POWER);
    expect(indexes).toHaveLength(settings.length);
    const [index] = indexes;
    if (!index?.path) throw new Error('there is no index');
    const [setting] = await endpoint.broker.associators(index.path, { resultClass: 'Win32_PowerSetting' });
    expect(setting?.getString('ElementName')).toBe('Turn off hard disk after');
    await endpoint.broker.modifyInstance(index.path, new NameMap<CimValue>([['SettingIndexValue', 60]]));
    expect((await endpoint.broker.getInstance(index.path)).get('SettingIndexValue')).toBe(60);
  });

  it('says which indexes are those of the active plan', async () => {
    const current = async () => {
      const ties = await endpoint.cim.find(
        'SELECT * FROM Win32_PowerSettingElementSettingDataIndex WHERE IsCurrent = 1',
        POWER,
      );
      return new Set(
        ties.map((one) => /PowerSettingDataIndex.+?(\{[^}]+\})/.exec(String(one.get('SettingData')))?.[1]),
      );
    };
    expect(await current()).toEqual(new Set(['{381b4222-f694-41f0-9685-ff5bb260df2e}']));
    await endpoint.broker.invokeMethod({
      namespace: POWER,
      target: SAVER,
      methodName: 'Activate',
      input: new NameMap(),
    });
    expect(await current()).toEqual(new Set(['{a1841308-3541-4fab-bc81-f71556f20b4a}']));
  });
});
