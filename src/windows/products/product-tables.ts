import type { MethodTable } from '../method-table.js';
import { NO_ADMINISTRATORS, objectPath, tablesOn } from '../table-paths.js';

const CLASS = 'Win32_Product';
const IDENTIFIER = '{11111111-AAAA-4AAA-8AAA-000000000001}';
const AGENT = objectPath(CLASS, { IdentifyingNumber: IDENTIFIER, Name: 'Lab Agent', Version: '1.4.0' });

const table = tablesOn(CLASS, AGENT);
const denied = { code: 1625, when: 'the caller is no administrator', given: [NO_ADMINISTRATORS] };
const gone = [
  { gone: AGENT },
  {
    call: {
      method: 'EnumValues',
      on: 'StdRegProv',
      input: { sSubKeyName: `SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\${IDENTIFIER}` },
    },
    answers: { ReturnValue: 2 },
  },
];

/** The pages document no codes: these are of Windows Installer. */
export const productTables: readonly MethodTable[] = [
  table('Uninstall', [{ code: 0, when: 'always', shows: gone }, denied]),
  table('Configure', [
    { code: 0, when: '2: the program is removed', input: { InstallState: 2 }, shows: gone },
    {
      code: 0,
      when: '3, 4, 5: it stays',
      input: { InstallState: 5 },
      shows: [{ get: AGENT, has: { InstallState: 5 } }],
    },
    { code: 87, when: 'there is no such state', input: { InstallState: 77 } },
    { ...denied, input: { InstallState: 2 } },
  ]),
];
