import { expect, it } from 'vitest';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { placeOnComputer } from '../../src/windows/place-on-computer.js';

const group = (domain: string) =>
  new InstancePath({ namespace: 'root/cimv2', className: 'Win32_Group', keys: { Domain: domain, Name: 'Users' } });

it('a computer has its name in values, keys and references, as NetBIOS and as DNS have it', () => {
  const path = new InstancePath({ className: 'Win32_GroupUser', keys: { GroupComponent: group('{HOST}'), Order: 1 } });
  const placed = placeOnComputer(
    new CimInstance(
      'Win32_GroupUser',
      Object.entries({
        GroupComponent: group('{HOST}'),
        Names: ['{host}.lab.example', null, 'other'],
        Order: 1,
        Free: null,
      }),
      path,
    ),
    'Srv02',
  );
  expect(placed.get('GroupComponent')?.toString()).toBe('root/cimv2:Win32_Group.Domain="SRV02",Name="Users"');
  expect(placed.get('Names')).toEqual(['srv02.lab.example', null, 'other']);
  expect(placed.path?.keys.get('GroupComponent')?.toString()).toContain('Domain="SRV02"');
});

it('what names no computer stays the same object', () => {
  const instance = new CimInstance(
    'Win32_SID',
    [
      ['SID', 'S-1-5-18'],
      ['Bytes', [1, 5]],
    ],
    group('{11111111}'),
  );
  expect(placeOnComputer(instance, 'srv02')).toBe(instance);
});

it('a computer has identifiers of its own, and their bytes', () => {
  const path = new InstancePath({ className: 'Win32_SID', keys: { SID: '{machine-sid}-500' } });
  const sid = new CimInstance('Win32_SID', [['SID', '{machine-sid}-500']], path);
  const [one, other] = ['srv01', 'SRV02'].map((name) => placeOnComputer(sid, name));
  expect(one?.get('SID')).toBe('S-1-5-21-1682556277-1471864719-1604327289-500');
  expect(one?.path?.keys.get('SID')).toBe(one?.get('SID'));
  expect(one?.get('BinaryRepresentation')).toEqual([
    ...[1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0],
    ...[0x75, 0xc5, 0x49, 0x64, 0x8f, 0xdf, 0xba, 0x57, 0x79, 0x17, 0xa0, 0x5f, 0xf4, 1, 0, 0],
  ]);
  expect(one?.get('SidLength')).toBe(28);
  expect(other?.get('SID')).not.toBe(one?.get('SID'));
});
