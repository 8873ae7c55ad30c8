import { describe, expect, it } from 'vitest';
import { createMachine } from '../machine.js';

const BEFORE = 'Win32_UserProfile.SID="S-1-5-21-1682556277-1471864719-1604327289-500"';
const LOADED = 'Win32_UserProfile.SID="S-1-5-21-1000000001-1000000002-1000000003-1105"';
const folder = (name: string) => `Win32_Directory.Name="c:\\\\users\\\\${name}"`;

describe('a profile that is deleted', () => {
  it('is gone with its files and its key', async () => {
    const { broker, path, store, call } = await createMachine();
    const under = path(folder('administrator\\\\desktop'));
    const { CimInstance } = await import('../../../src/cim/model/cim-instance.js');
    await store.transaction((tx) =>
      tx.putMany(
        [path(folder('administrator')), under].map((one) => new CimInstance(one.className, [...one.keys], one)),
      ),
    );
    await broker.deleteInstance(path(BEFORE));
    expect(await store.getMany([path(BEFORE), path(folder('administrator')), under])).toEqual([
      ...[undefined, undefined, undefined],
    ]);
    const sSubKeyName = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList';
    const { sNames } = await call('EnumKey', 'StdRegProv', { sSubKeyName });
    expect(sNames).not.toContain('S-1-5-21-1682556277-1471864719-1604327289-500');
    expect(sNames).toContain('S-1-5-18');
  });

  it.each([LOADED, 'Win32_UserProfile.SID="S-1-5-18"'])('%s: stays while it is in use', async (text) => {
    const { broker, path, store } = await createMachine();
    await expect(broker.deleteInstance(path(text))).rejects.toMatchObject({ status: 1 });
    expect(await store.get(path(text))).toBeDefined();
  });
});
