import type { CimValue } from '../../cim/model/cim-value.js';
import type { MethodTable, Shown, TableValues } from '../method-table.js';
import { tablesOn } from '../table-paths.js';
import { LicenseCode } from './license-code.js';
import { denied, PRODUCT, SERVICE } from './license-product-tables.js';

const table = tablesOn('SoftwareLicensingService', SERVICE);
const WINDOWS_KEY = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const PLATFORM_KEY = `${WINDOWS_KEY}\\SoftwareProtectionPlatform`;

const text = (sSubKeyName: string, sValueName: string, answers: TableValues): Shown => ({
  call: { method: 'GetStringValue', on: 'StdRegProv', input: { sSubKeyName, sValueName } },
  answers,
});

/** A property that a method sets by one parameter. */
function setProperty(method: string, input: TableValues, has: TableValues, wrong: TableValues): MethodTable {
  return table(method, [
    { code: LicenseCode.success, when: 'always', input, shows: [{ get: SERVICE, has }] },
    { code: LicenseCode.invalidArgument, when: 'it is missing, or out of range', input: wrong },
    denied(input),
  ]);
}

/** A text of the registry, and the property that shows it. */
function inRegistry(
  suffix: string,
  [parameter, value, wrong]: readonly [string, string | number, string | number],
  registryName: string,
  [property, cleared]: readonly [string, CimValue] | [] = [],
): readonly MethodTable[] {
  const input = { [parameter]: value };
  const shown = (now: CimValue): readonly Shown[] =>
    property === undefined ? [] : [{ get: SERVICE, has: { [property]: now } }];
  return [
    table(`Set${suffix}`, [
      {
        ...{ code: LicenseCode.success, when: 'always', input },
        shows: [...shown(value), text(PLATFORM_KEY, registryName, { sValue: String(value) })],
      },
      { code: LicenseCode.invalidArgument, when: 'it is none', input: { [parameter]: wrong } },
      denied(input),
    ]),
    table(`Clear${suffix}`, [
      {
        ...{ code: LicenseCode.success, when: 'always' },
        given: [{ call: { method: `Set${suffix}`, on: SERVICE, input } }],
        shows: [...shown(cleared ?? null), text(PLATFORM_KEY, registryName, { ReturnValue: 1 })],
      },
      denied(),
    ]),
  ];
}

const KEY = { ProductKey: 'BBBBB-CCCCC-DDDDD-FFFFF-GGGGG' };
const noProduct = {
  ...{ code: LicenseCode.productNotInstalled, when: 'there is no product that it could be of' },
  given: [{ remove: PRODUCT }],
};

/** Codes are those of the Software Licensing Service: no page names any. */
export const licenseServiceTables: readonly MethodTable[] = [
  table('InstallProductKey', [
    {
      ...{
        code: LicenseCode.success,
        when: 'it has the form of one: no key is looked up. The product is to be activated',
      },
      given: [{ call: { method: 'UninstallProductKey', on: PRODUCT } }],
      input: KEY,
      shows: [{ get: PRODUCT, has: { PartialProductKey: 'GGGGG', LicenseStatus: 0, LicenseStatusReason: 0 } }],
    },
    { code: LicenseCode.invalidKey, when: 'it has another', input: { ProductKey: 'AAAAA-BBBBB' } },
    { ...noProduct, input: KEY },
    denied(KEY),
  ]),
  table('ClearProductKeyFromRegistry', [
    {
      ...{ code: LicenseCode.success, when: 'always' },
      given: [
        {
          call: {
            ...{ method: 'SetStringValue', on: 'StdRegProv' },
            input: { sSubKeyName: WINDOWS_KEY, sValueName: 'DigitalProductId', sValue: 'key' },
          },
        },
      ],
      shows: [text(WINDOWS_KEY, 'DigitalProductId', { ReturnValue: 1 })],
    },
    denied(),
  ]),
  table('ReArmWindows', [
    {
      ...{
        code: LicenseCode.success,
        when: 'RemainingWindowsReArmCount is above 0: at once, and not at the next start',
      },
      shows: [
        { get: SERVICE, has: { RemainingWindowsReArmCount: 2 } },
        { get: PRODUCT, has: { LicenseStatus: 2, GracePeriodRemaining: 43_200 } },
      ],
    },
    {
      ...{ code: LicenseCode.rearmed, when: 'it is 0' },
      given: [{ set: SERVICE, to: { RemainingWindowsReArmCount: 0 } }],
    },
    noProduct,
    denied(),
  ]),
  table('RefreshLicenseStatus', [
    {
      ...{
        code: LicenseCode.success,
        when: 'always',
        given: [{ set: SERVICE, to: { PolicyCacheRefreshRequired: 1 } }],
      },
      shows: [{ get: SERVICE, has: { PolicyCacheRefreshRequired: 0 } }],
    },
    denied(),
  ]),
  ...inRegistry('KeyManagementServiceMachine', ['MachineName', 'kms2.lab.example', 'a b'], 'KeyManagementServiceName', [
    'KeyManagementServiceMachine',
    '',
  ]),
  ...inRegistry('KeyManagementServicePort', ['PortNumber', 1689, 0], 'KeyManagementServicePort'),
  ...inRegistry('KeyManagementServiceListeningPort', ['PortNumber', 1689, 0], 'KeyManagementServiceListeningPort', [
    'KeyManagementServiceListeningPort',
    0,
  ]),
  ...(
    [
      ['DisableKeyManagementServiceDnsPublishing', 'DisablePublishing', { KeyManagementServiceDnsPublishing: false }],
      ['DisableKeyManagementServiceHostCaching', 'DisableCaching', { KeyManagementServiceHostCaching: false }],
      ['EnableKeyManagementServiceLowPriority', 'EnableLowPriority', { KeyManagementServiceLowPriority: true }],
      ['DisableKeyManagementServiceActivation', 'DisableActivation', { KeyManagementServiceActivationDisabled: true }],
    ] as const
  ).map(([method, parameter, has]) => setProperty(method, { [parameter]: true }, has, { [parameter]: null })),
  setProperty(
    'SetVLActivationInterval',
    { ActivationInterval: 15 },
    { VLActivationInterval: 15 },
    {
      ActivationInterval: 14,
    },
  ),
  setProperty(
    'SetVLRenewalInterval',
    { RenewalInterval: 43_200 },
    { VLRenewalInterval: 43_200 },
    {
      RenewalInterval: 43_201,
    },
  ),
];
