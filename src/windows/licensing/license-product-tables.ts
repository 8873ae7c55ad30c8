import type { MethodTable, ReachedCode, TableValues } from '../method-table.js';
import { NO_ADMINISTRATORS, objectPath, tablesOn } from '../table-paths.js';
import { LicenseCode } from './license-code.js';

export const PRODUCT = objectPath('SoftwareLicensingProduct', { ID: '00000000-0000-4000-8000-0000000000a1' });
export const SERVICE = objectPath('SoftwareLicensingService', { Version: '10.0.20348.1' });
const table = tablesOn('SoftwareLicensingProduct', PRODUCT);

export function denied(input?: TableValues): ReachedCode {
  return {
    ...{ code: LicenseCode.accessDenied, when: 'the caller is no administrator', given: [NO_ADMINISTRATORS] },
    ...(input && { input }),
  };
}

const noKey = {
  ...{ code: LicenseCode.keyNotInstalled, when: 'the product has no key (PartialProductKey)' },
  given: [{ set: PRODUCT, to: { PartialProductKey: null } }],
};
const unlicensed = { LicenseStatus: 0, GracePeriodRemaining: 0 };
const IDENTIFIER = '123456789';
const confirmation = { InstallationId: IDENTIFIER, ConfirmationId: '1'.repeat(48) };
const offline = { set: PRODUCT, to: { OfflineInstallationId: IDENTIFIER, ...unlicensed } };
const noService = { KeyManagementServiceMachine: '', DiscoveredKeyManagementServiceMachineName: '' };

/** A property that a method sets, and one that clears it. */
function setAndCleared(property: string, parameter: string, value: string | number, cleared: string | number) {
  const input = { [parameter]: value };
  const wrong = { [parameter]: typeof value === 'number' ? 65_536 : 'a b' };
  return [
    table(`Set${property}`, [
      { code: LicenseCode.success, when: 'always', input, shows: [{ get: PRODUCT, has: { [property]: value } }] },
      { code: LicenseCode.invalidArgument, when: 'it is none', input: wrong },
      denied(input),
    ]),
    table(`Clear${property}`, [
      {
        ...{ code: LicenseCode.success, when: 'always' },
        given: [{ call: { method: `Set${property}`, on: PRODUCT, input } }],
        shows: [{ get: PRODUCT, has: { [property]: cleared } }],
      },
      denied(),
    ]),
  ];
}

const policies = ['GetPolicyInformationDWord', 'GetPolicyInformationString'].map((method) =>
  table(method, [
    {
      ...{ code: LicenseCode.valueNotFound, when: 'always: a model has no policies of licences' },
      input: { PolicyName: 'Security-SPP-Reserved-TBLProductKeyType' },
    },
    denied({ PolicyName: 'Security-SPP-Reserved-TBLProductKeyType' }),
  ]),
);

/** Codes are those of the Software Licensing Service: no page names any. */
export const licenseProductTables: readonly MethodTable[] = [
  table('Activate', [
    {
      ...{ code: LicenseCode.success, when: 'a key management service is known: it is activated for 180 days' },
      given: [{ set: PRODUCT, to: { ...unlicensed, LicenseStatusReason: LicenseCode.keyNotInstalled } }],
      shows: [{ get: PRODUCT, has: { LicenseStatus: 1, LicenseStatusReason: 0, GracePeriodRemaining: 259_200 } }],
    },
    {
      ...{ code: LicenseCode.success, when: 'its Description names another channel than VOLUME_KMSCLIENT: for good' },
      given: [{ set: PRODUCT, to: { ...unlicensed, Description: 'Windows(R) Operating System, VOLUME_MAK channel' } }],
      shows: [{ get: PRODUCT, has: { LicenseStatus: 1, GracePeriodRemaining: 0 } }],
    },
    noKey,
    {
      ...{ code: LicenseCode.noKeyManagementService, when: 'none is set, and none was discovered' },
      given: [
        { set: PRODUCT, to: noService },
        { set: SERVICE, to: noService },
      ],
    },
    denied(),
  ]),
  table('DepositOfflineConfirmationId', [
    {
      ...{
        code: LicenseCode.success,
        when: 'InstallationId is its OfflineInstallationId, ConfirmationId any 48 digits',
      },
      ...{ given: [offline], input: confirmation, shows: [{ get: PRODUCT, has: { LicenseStatus: 1 } }] },
    },
    { ...noKey, input: confirmation },
    {
      ...{ code: LicenseCode.confirmationFormat, when: 'ConfirmationId has something other than digits and hyphens' },
      input: { ...confirmation, ConfirmationId: 'none' },
    },
    {
      ...{ code: LicenseCode.confirmationLength, when: 'it has another number of them' },
      input: { ...confirmation, ConfirmationId: '1' },
    },
    { code: LicenseCode.confirmationMismatched, when: 'InstallationId is another', input: confirmation },
    denied(confirmation),
  ]),
  table('UninstallProductKey', [
    {
      ...{ code: LicenseCode.success, when: 'it has a key: it has no licence then' },
      shows: [{ get: PRODUCT, has: { PartialProductKey: null, ProductKeyID: null, ...unlicensed } }],
    },
    noKey,
    denied(),
  ]),
  ...setAndCleared('KeyManagementServiceMachine', 'MachineName', 'kms2.lab.example', ''),
  ...setAndCleared('KeyManagementServicePort', 'PortNumber', 1689, 0),
  ...policies,
];
