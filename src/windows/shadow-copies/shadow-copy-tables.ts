import type { Arrangement, MethodTable } from '../method-table.js';
import { because, NO_ADMINISTRATORS, objectPath, tablesOn } from '../table-paths.js';

const COPY = 'Win32_ShadowCopy';
const STORAGE = 'Win32_ShadowStorage';
const DEVICE_C = '\\\\?\\Volume{11111111-2222-3333-4444-000000000001}\\';
const volume = (DeviceID: string) => objectPath('Win32_Volume', { DeviceID });
const copy = { Volume: 'C:\\', Context: 'ClientAccessible' };

const denied = { code: 1, when: 'the caller is no administrator', given: [NO_ADMINISTRATORS] };
const full: Arrangement = { set: volume(DEVICE_C), to: { FreeSpace: 0n } };
const many: readonly Arrangement[] = Array.from({ length: 64 }, (_, at) => ({
  add: objectPath(COPY, { ID: `{${at}}` }),
  with: { VolumeName: DEVICE_C },
}));

const oneProvider = because('there is one provider of shadow copies, which does as it is told', 10, 11, 12);
const ofStorage = because('there is one provider of shadow copies, which does as it is told', 7, 8, 9);

export const shadowCopyTables: readonly MethodTable[] = [
  tablesOn(COPY, COPY)(
    'Create',
    [
      {
        code: 0,
        when: 'the volume has room',
        input: copy,
        shows: [{ associatorsOf: volume(DEVICE_C), by: STORAGE, find: [volume(DEVICE_C)] }],
      },
      { ...denied, input: copy },
      { code: 2, when: 'the volume has no backslash at its end', input: { ...copy, Volume: 'C:' } },
      { code: 3, when: 'there is no such volume', input: { ...copy, Volume: 'Q:\\' } },
      { code: 4, when: 'the volume is no local disk with NTFS', input: { ...copy, Volume: 'E:\\' } },
      { code: 5, when: 'there is no such context', input: { ...copy, Context: 'Other' } },
      { code: 6, when: 'the volume has no room', given: [full], input: copy },
      { code: 8, when: 'the volume has 64', given: many, input: copy },
    ],
    {
      ...because('nothing holds a volume', 7),
      ...because('a copy is made at once', 9),
      ...oneProvider,
      ...because('nothing fails for reasons that nobody knows', 13),
    },
  ),
  tablesOn(STORAGE, STORAGE)(
    'Create',
    [
      {
        code: 0,
        when: 'there is none for the volume',
        input: { Volume: 'C:\\', DiffVolume: 'D:\\', MaxSpace: 1_073_741_824n },
        shows: [{ call: { method: 'Create', on: COPY, input: copy }, answers: { ReturnValue: 0 } }],
      },
      { ...denied, input: { Volume: 'C:\\', DiffVolume: 'C:\\' } },
      { code: 2, when: 'a volume has no backslash at its end', input: { Volume: 'C:', DiffVolume: 'C:\\' } },
      { code: 3, when: 'there is no such volume', input: { Volume: 'C:\\', DiffVolume: 'Q:\\' } },
      { code: 4, when: 'a volume is no local disk with NTFS', input: { Volume: 'E:\\', DiffVolume: 'C:\\' } },
      {
        code: 5,
        when: 'there is one for the volume',
        given: [{ call: { method: 'Create', on: COPY, input: copy } }],
        input: { Volume: 'C:\\', DiffVolume: 'D:\\' },
      },
      { code: 11, when: 'it is smaller than 320 MB', input: { Volume: 'C:\\', DiffVolume: 'C:\\', MaxSpace: 1n } },
    ],
    {
      ...because('a volume has one, so that there are never too many', 6),
      ...ofStorage,
      ...because('nothing fails for reasons that nobody knows', 10),
    },
  ),
];
