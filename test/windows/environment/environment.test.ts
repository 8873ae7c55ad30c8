import { beforeEach, describe, expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { CIMV2, createMachine, type Machine } from '../machine.js';

describe('Win32_Environment', () => {
  let machine: Machine;
  beforeEach(async () => {
    machine = await createMachine();
  });
  const create = (Name: string, UserName = '<SYSTEM>') =>
    machine.broker.createInstance(
      CIMV2,
      new CimInstance('Win32_Environment', Object.entries({ Name, UserName, VariableValue: '%SystemRoot%\\x' })),
    );
  const inRegistry = (sValueName: string) =>
    machine.call('GetExpandedStringValue', 'StdRegProv', {
      sSubKeyName: 'SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment',
      sValueName,
    });

  it('is created, changed and deleted, in the registry as well', async () => {
    const path = await create('LabHome');
    expect(await machine.get(path.toString(), 'SystemVariable', 'Caption')).toEqual([true, '<SYSTEM>\\LabHome']);
    expect(await inRegistry('LabHome')).toEqual({ ReturnValue: 0, sValue: 'C:\\Windows\\x' });
    await machine.broker.modifyInstance(path, new NameMap([['VariableValue', '%TEMP%']]));
    expect((await inRegistry('LabHome')).sValue).toBe('C:\\Windows\\TEMP');
    await machine.broker.deleteInstance(path);
    expect((await inRegistry('LabHome')).ReturnValue).toBe(1);
  });

  it('is of an account that there is', async () => {
    expect(await machine.get((await create('Mine', 'SRV01\\lab')).toString(), 'SystemVariable')).toEqual([false]);
    expect((await inRegistry('Mine')).ReturnValue).toBe(1);
    await expect(create('Mine', 'SRV01\\nobody')).rejects.toMatchObject({ status: 4 });
    await expect(create('a=b')).rejects.toMatchObject({ status: 4 });
  });
});
