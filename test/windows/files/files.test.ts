import { beforeEach, describe, expect, it } from 'vitest';
import { createMachine, type Machine } from '../machine.js';

describe('files and folders', () => {
  let machine: Machine;
  beforeEach(async () => {
    machine = await createMachine();
  });
  const tools = 'Win32_Directory.Name="c:\\\\tools"';
  const file = (name: string) => `CIM_DataFile.Name="${name.replaceAll('\\', '\\\\')}"`;
  const gone = { name: 'CimError' };

  it('are copied with what is in them, and gone on with from where a copy stopped', async () => {
    const first = await machine.call('CopyEx', tools, { FileName: 'D:\\Tools', Recursive: false });
    expect(first).toEqual({ ReturnValue: 0, StopFileName: null });
    expect(await machine.get(file('d:\\tools\\labtool.exe'), 'Drive', 'Path')).toEqual(['d:', '\\tools\\']);
    await expect(machine.get(file('d:\\tools\\docs\\guide.txt'))).rejects.toMatchObject(gone);

    const more = { FileName: 'D:\\Tools', StartFileName: 'c:\\tools\\docs' };
    expect((await machine.call('CopyEx', tools, more)).ReturnValue).toBe(0);
    expect(await machine.get(file('d:\\tools\\docs\\guide.txt'), 'FileSize')).toEqual([4096n]);
  });

  it('stop at the first that is open, and nothing has happened', async () => {
    const windows = 'Win32_Directory.Name="c:\\\\windows"';
    const { ReturnValue, StopFileName } = await machine.call('DeleteEx', windows);
    expect({ ReturnValue, StopFileName }).toEqual({ ReturnValue: 15, StopFileName: 'c:\\windows\\explorer.exe' });
    expect(await machine.get(file('c:\\windows\\system32\\cmd.exe'), 'FileName')).toEqual(['cmd']);
    expect((await machine.call('Delete', 'Win32_Directory.Name="c:\\\\"')).ReturnValue).toBe(2);
  });

  it('go with the instance of their folder, when none of them is open', async () => {
    await machine.broker.deleteInstance(machine.path(tools));
    await expect(machine.get(file('c:\\tools\\docs\\guide.txt'))).rejects.toMatchObject(gone);
    const windows = machine.path('Win32_Directory.Name="c:\\\\windows"');
    await expect(machine.broker.deleteInstance(windows)).rejects.toThrow('explorer.exe is open');
  });

  it('may be used as their descriptors say', async () => {
    const readme = file('c:\\tools\\readme.txt');
    const may = async (Permissions: number) =>
      (await machine.call('GetEffectivePermission', readme, { Permissions })).ReturnValue;
    expect(await may(0x10000)).toBe(true);
    const administrators = machine.path('Win32_Group.Domain="SRV01",Name="Administrators"');
    await machine.store.transaction((store) => store.delete(administrators));
    expect([await may(0x1), await may(0x10000)]).toEqual([true, false]);
  });
});
