import { beforeEach, describe, expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { CIMV2, createMachine, type Machine } from '../machine.js';

describe('Win32_PageFileSetting', () => {
  let machine: Machine;
  beforeEach(async () => {
    machine = await createMachine();
  });
  const create = (values: Record<string, CimValue>) =>
    machine.broker.createInstance(CIMV2, new CimInstance('Win32_PageFileSetting', Object.entries(values)));
  const usage = 'Win32_PageFileUsage.Name="D:\\\\pagefile.sys"';

  it('is wanted at once, and used from the next start on', async () => {
    const path = await create({ Name: 'D:\\pagefile.sys', InitialSize: 1024, MaximumSize: 4096 });
    expect(await machine.get(path.toString(), 'SettingID', 'Caption')).toEqual([
      'pagefile.sys @ D:',
      "D:\\ 'pagefile.sys'",
    ]);
    await expect(machine.get(usage)).rejects.toMatchObject({ name: 'CimError' });
    await machine.call('Reboot', 'Win32_OperatingSystem=@');
    expect(await machine.get(usage, 'AllocatedBaseSize', 'CurrentUsage')).toEqual([1024, 0]);

    await machine.broker.deleteInstance(path);
    await machine.call('Reboot', 'Win32_OperatingSystem=@');
    await expect(machine.get(usage)).rejects.toMatchObject({ name: 'CimError' });
  });

  it('has sizes that fit one another, on a disk of the computer', async () => {
    const path = await create({ Name: 'C:\\pagefile.sys' });
    expect(await machine.get(path.toString(), 'InitialSize', 'MaximumSize')).toEqual([0, 0]);
    await machine.broker.modifyInstance(path, new NameMap(Object.entries({ InitialSize: 16, MaximumSize: 32 })));
    expect(await machine.get(path.toString(), 'InitialSize', 'MaximumSize')).toEqual([16, 32]);
    const refused = { status: 4 };
    await expect(create({ Name: 'E:\\pagefile.sys' })).rejects.toMatchObject(refused);
    await expect(create({ Name: 'pagefile.sys' })).rejects.toMatchObject(refused);
    await expect(create({ Name: 'D:\\p.sys', InitialSize: 2, MaximumSize: 1 })).rejects.toMatchObject(refused);
  });
});
