import type { Arrangement, MethodTable, ReachedCode, Shown } from '../method-table.js';
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

const PACKAGE = 'c:\\tools\\next.msi';
const FILE = objectPath('CIM_DataFile', { Name: PACKAGE });
const NEXT_IDENTIFIER = '{11111111-AAAA-4AAA-8AAA-000000000009}';
const NEXT = objectPath(CLASS, { IdentifyingNumber: NEXT_IDENTIFIER, Name: 'Lab Agent', Version: '1.10.0' });
const advertised: Arrangement = {
  add: NEXT,
  with: { InstallState: 1, InstallSource: 'C:\\Tools\\', PackageName: 'next.msi' },
};
const ofPackage = { PackageLocation: 'C:\\Tools\\Next.msi' };
const displayed: Shown = {
  call: {
    ...{ method: 'GetStringValue', on: 'StdRegProv' },
    input: {
      sSubKeyName: `SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\${NEXT_IDENTIFIER}`,
      sValueName: 'DisplayVersion',
    },
  },
  answers: { sValue: '1.10.0' },
};
const notThere: readonly ReachedCode[] = [
  { code: 87, when: 'PackageLocation is missing' },
  { code: 1619, when: 'there is no such file', input: ofPackage },
  { code: 1620, when: 'no product of the lab names it', given: [{ add: FILE }], input: ofPackage },
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
    {
      ...{ code: 0, when: '3, 4, 5: it is installed, if it is only advertised', input: { InstallState: 5 } },
      given: [{ set: AGENT, to: { InstallState: 1, InstallDate: null } }],
      shows: [{ get: AGENT, has: { InstallState: 5, InstallDate: '20261130' } }],
    },
    { code: 87, when: 'there is no such state', input: { InstallState: 77 } },
    { ...denied, input: { InstallState: 2 } },
  ]),
  tablesOn(CLASS, CLASS)('Install', [
    {
      ...{ code: 0, when: 'a product of the lab names the package, and is advertised or there', input: ofPackage },
      given: [{ add: FILE }, advertised],
      shows: [{ get: NEXT, has: { InstallState: 5, AssignmentType: 1, InstallDate: '20261130' } }, displayed],
    },
    ...notThere,
    { ...denied, input: ofPackage },
  ]),
  table('Reinstall', [
    { code: 0, when: 'it is installed', shows: [{ get: AGENT, has: { InstallDate: '20261130' } }] },
    { code: 1605, when: 'it is not', given: [{ set: AGENT, to: { InstallState: 1 } }] },
    denied,
  ]),
  table('Upgrade', [
    {
      ...{ code: 0, when: 'the package is of a later version of the same program', input: ofPackage },
      given: [{ add: FILE }, advertised],
      shows: [...gone, { get: NEXT, has: { InstallState: 5 } }, displayed],
    },
    ...notThere,
    {
      ...{ code: 1638, when: 'it is of an earlier version, the same one, or another program', input: ofPackage },
      given: [{ add: FILE }, { set: AGENT, to: { LocalPackage: PACKAGE } }],
    },
    { ...denied, input: ofPackage },
  ]),
];
