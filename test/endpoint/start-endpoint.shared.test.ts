import { describe, expect, it } from 'vitest';
import { startEndpoint } from '../../src/index.js';

const users = [{ name: 'lab', password: 'secret' }];
const thermostats = 'fixtures/examples/thermostat.mof';
const KITCHEN = 'LAB_Thermostat.DeviceID="t-1"';
const more = (name: string) => ({
  mof: `#pragma namespace("root/cimv2/storage/iScsiTarget/${name}")
Qualifier Key : boolean = false, Scope(property, reference);
class LAB_${name} { [Key] string Id; };`,
});

describe('two endpoints in one process', () => {
  it('share no instance that one of them changes, and no names', async () => {
    await using one = await startEndpoint({ lab: thermostats, users, seed: 7 });
    await using two = await startEndpoint({ lab: thermostats, users, seed: 7 });
    const before = await two.cim.get(KITCHEN);
    await one.cim.put((await one.cim.get(KITCHEN)).with({ Target: 5 }));
    await one.cim.delete('LAB_Thermostat.DeviceID="t-2"');
    expect(await two.cim.get(KITCHEN)).toBe(before);
    expect(await two.cim.find('SELECT * FROM LAB_Thermostat')).toHaveLength(2);
    await one.reset();
    expect(await two.cim.get(KITCHEN)).toBe(before);
  });

  it('have the classes and namespaces of their own labs alone', async () => {
    await using one = await startEndpoint({ lab: [thermostats, more('one')], users });
    await using two = await startEndpoint({ lab: [thermostats, more('two')], users });
    await using three = await startEndpoint({
      lab: [thermostats, { mof: 'class LAB_three { [Key] string Id; };' }],
      users,
    });
    const above = 'root/cimv2/storage/iScsiTarget';
    const childrenOf = async (endpoint: typeof one) =>
      (await endpoint.cim.find('SELECT * FROM __NAMESPACE')).map((found) => found.get('Name'));
    expect([await childrenOf(one), await childrenOf(two), await childrenOf(three)]).toEqual([['one'], ['two'], []]);
    const listed = async (endpoint: typeof one) => {
      const classes = await endpoint.broker.enumerateClasses(above, { deep: true });
      return classes.map(({ name }) => name).filter((name) => /^__NAME|^LAB_/.test(name));
    };
    expect([await listed(one), await listed(three)]).toEqual([
      ['LAB_Thermostat', '__NAMESPACE'],
      ['LAB_Thermostat', 'LAB_three', '__NAMESPACE'],
    ]);
    await expect(two.broker.getClass(`${above}/one`, 'LAB_one')).rejects.toThrow(/namespace/i);
  });

  it('take back only what they change themselves', async () => {
    const options = { lab: thermostats, users, seed: 7 };
    await using one = await startEndpoint(options);
    await one.cim.put((await one.cim.get(KITCHEN)).with({ Target: 5 }));
    const snapshot = await one.snapshot();
    await using two = await startEndpoint(options);
    await two.restore(snapshot);
    await two.cim.put((await two.cim.get(KITCHEN)).with({ Target: 6 }));
    expect((await one.cim.get(KITCHEN)).get('Target')).toBe(5);
    await one.restore(snapshot);
    expect((await one.cim.get(KITCHEN)).get('Target')).toBe(5);
  });
});
