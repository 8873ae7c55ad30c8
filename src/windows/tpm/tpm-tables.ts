import type { MethodTable, ReachedCode, Shown, TableValues } from '../method-table.js';
import { because, NO_ADMINISTRATORS, tablesOn } from '../table-paths.js';
import { TPM_NAMESPACE, TpmCode } from './tpm-state.js';

const TPM = `${TPM_NAMESPACE}:Win32_Tpm=@`;
const NOTE = 'root/cimulator:CIMULATOR_TpmNote.Name="this"';
const table = tablesOn('Win32_Tpm', TPM, TPM_NAMESPACE);

const AUTH = 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=';
const OTHER = 'BBBBBBBBBBBBBBBBBBBBBBBBBBA=';
const [ENABLED, ACTIVATED, OWNED] = ['IsEnabled_InitialValue', 'IsActivated_InitialValue', 'IsOwned_InitialValue'];
const off = { [ENABLED]: false, [ACTIVATED]: false, [OWNED]: false };
const ofNobody = { set: TPM, to: { [OWNED]: false } };
const owned = { add: NOTE, with: { OwnerAuth: AUTH } };

const denied = (input?: TableValues): ReachedCode => ({
  ...{ code: TpmCode.accessDenied, when: 'the caller is no administrator', given: [NO_ADMINISTRATORS] },
  ...(input && { input }),
});
const notOwner = (input: TableValues): ReachedCode => ({
  ...{ code: TpmCode.authorizationFailed, when: 'it is not that of the owner, or the module has none' },
  ...{ given: [owned], input },
});
const DEFENDING = because('nobody guesses in a model, and so it defends itself against nobody', 0x80280803);
const HARDWARE = because('the firmware of a model does not fail', 0x80290300);

/** A method that asks, what it says usually, and what when something is otherwise. */
function asks(
  method: string,
  usually: TableValues,
  given: ReachedCode['given'],
  when: string,
  then: TableValues,
): MethodTable {
  return table(method, [
    { code: TpmCode.success, when: 'always', shows: [{ answers: usually }] },
    { ...{ code: TpmCode.success, when, shows: [{ answers: then }] }, ...(given && { given }) },
    denied(),
  ]);
}

/** A method of the owner. */
function ofOwner(method: string, before: TableValues, after: TableValues): MethodTable {
  const input = { OwnerAuth: AUTH };
  return table(
    method,
    [
      {
        ...{ code: TpmCode.success, when: 'OwnerAuth is that of the owner, or is left out', input },
        ...{ given: [owned, { set: TPM, to: before }], shows: [{ get: TPM, has: after }] },
      },
      notOwner({ OwnerAuth: OTHER }),
      denied(input),
    ],
    DEFENDING,
  );
}

const withRequest = (Request: number) => ({
  call: { method: 'SetPhysicalPresenceRequest', on: TPM, input: { Request } },
});
const restart = { call: { method: 'Reboot', on: 'Win32_OperatingSystem=@' } };
const response = (Request: number): Shown => ({
  ...{ call: { method: 'GetPhysicalPresenceResponse', on: TPM }, answers: { Request, Response: 0 } },
});
const ready = (Information: number) => ({ IsReady: Information === 0, Information });

export const tpmTables: readonly MethodTable[] = [
  asks('IsEnabled', { IsEnabled: true }, [{ set: TPM, to: off }], 'it is disabled', { IsEnabled: false }),
  asks('IsActivated', { IsActivated: true }, [{ set: TPM, to: off }], 'it is deactivated', { IsActivated: false }),
  asks('IsOwned', { IsOwned: true }, [ofNobody], 'it has no owner', { IsOwned: false }),
  asks('IsOwnershipAllowed', { IsOwnershipAllowed: true }, [withRequest(9), restart], 'request 9 was carried out', {
    IsOwnershipAllowed: false,
  }),
  asks(
    'IsEndorsementKeyPairPresent',
    { IsEndorsementKeyPairPresent: true },
    [{ add: NOTE, with: { LacksEndorsementKey: true } }],
    'it has none',
    { IsEndorsementKeyPairPresent: false },
  ),
  table('CreateEndorsementKeyPair', [
    {
      ...{ code: TpmCode.success, when: 'it has none', given: [{ add: NOTE, with: { LacksEndorsementKey: true } }] },
      shows: [
        { call: { method: 'IsEndorsementKeyPairPresent', on: TPM }, answers: { IsEndorsementKeyPairPresent: true } },
      ],
    },
    { code: TpmCode.disabledCommand, when: 'it has one' },
    denied(),
  ]),
  asks('IsReady', { IsReady: false }, [owned], 'it is on, and Windows knows its owner', { IsReady: true }),
  asks('IsReadyInformation', ready(0x100), [{ set: TPM, to: off }], 'more is missing', ready(0x70)),
  table('ConvertToOwnerAuth', [
    {
      ...{ code: TpmCode.success, when: 'always: SHA-1 of the passphrase', input: { OwnerPassPhrase: '1Sample' } },
      shows: [{ answers: { OwnerAuth: '1euIs20Or/60b0ehnTqoX4cMis8=' } }],
    },
    denied({ OwnerPassPhrase: '' }),
  ]),
  asks('GetOwnerAuth', { OwnerAuth: null }, [owned], 'Windows knows it', { OwnerAuth: AUTH }),
  table(
    'TakeOwnership',
    [
      {
        ...{ code: TpmCode.success, when: 'it is enabled and activated, and has no owner', given: [ofNobody] },
        input: { OwnerAuth: AUTH },
        shows: [
          { get: TPM, has: { [OWNED]: true } },
          { call: { method: 'GetOwnerAuth', on: TPM }, answers: { OwnerAuth: AUTH } },
        ],
      },
      {
        ...{
          code: TpmCode.invalidArgument,
          when: 'OwnerAuth is not 20 bytes in base64; or is missing, and none is known',
        },
        input: { OwnerAuth: 'owner' },
      },
      { code: TpmCode.ownerSet, when: 'it has an owner', input: { OwnerAuth: AUTH } },
      {
        ...{ code: TpmCode.noEndorsement, when: 'it has no endorsement key', input: { OwnerAuth: AUTH } },
        given: [ofNobody, { add: NOTE, with: { LacksEndorsementKey: true } }],
      },
      {
        ...{ code: TpmCode.disabled, when: 'it is disabled or deactivated', input: { OwnerAuth: AUTH } },
        given: [{ set: TPM, to: off }],
      },
      {
        ...{ code: TpmCode.installDisabled, when: 'request 9 was carried out', input: { OwnerAuth: AUTH } },
        given: [ofNobody, { add: NOTE, with: { IsInstallDisabled: true } }],
      },
      denied({ OwnerAuth: AUTH }),
    ],
    DEFENDING,
  ),
  table(
    'ChangeOwnerAuth',
    [
      {
        ...{ code: TpmCode.success, when: 'OldOwnerAuth is that of the owner, or is left out', given: [owned] },
        input: { OldOwnerAuth: AUTH, NewOwnerAuth: OTHER },
        shows: [{ call: { method: 'GetOwnerAuth', on: TPM }, answers: { OwnerAuth: OTHER } }],
      },
      notOwner({ OldOwnerAuth: OTHER, NewOwnerAuth: AUTH }),
      {
        ...{ code: TpmCode.invalidArgument, when: 'NewOwnerAuth is not 20 bytes in base64', given: [owned] },
        input: { OldOwnerAuth: AUTH, NewOwnerAuth: 'owner' },
      },
      denied({ NewOwnerAuth: AUTH }),
    ],
    { ...DEFENDING, ...because('no directory is asked', 0x8007054b, 0x8031000a) },
  ),
  ofOwner('Enable', { [ENABLED]: false }, { [ENABLED]: true }),
  ofOwner('Disable', {}, { [ENABLED]: false }),
  ofOwner('Clear', {}, off),
  ...(['AddBlockedCommand', 'RemoveBlockedCommand'] as const).map((method) => {
    const isAdded = method === 'AddBlockedCommand';
    return table(method, [
      {
        ...{ code: TpmCode.success, when: 'always', input: { CommandOrdinal: 50 } },
        given: [{ add: NOTE, with: { BlockedCommands: isAdded ? [43] : [43, 50] } }],
        shows: [
          {
            call: { method: 'IsCommandBlocked', on: TPM, input: { CommandOrdinal: 50 } },
            answers: { IsCommandBlocked: isAdded ? 2 : 0 },
          },
          {
            call: { method: 'IsCommandBlocked', on: TPM, input: { CommandOrdinal: 43 } },
            answers: { IsCommandBlocked: 2 },
          },
        ],
      },
      { code: TpmCode.invalidArgument, when: 'CommandOrdinal is missing' },
      denied({ CommandOrdinal: 50 }),
    ]);
  }),
  table('IsCommandBlocked', [
    {
      ...{ code: TpmCode.success, when: 'always', input: { CommandOrdinal: 50 } },
      shows: [{ answers: { IsCommandBlocked: 0 } }],
    },
    { code: TpmCode.invalidArgument, when: 'CommandOrdinal is missing' },
    denied({ CommandOrdinal: 50 }),
  ]),
  ...(['EnableAutoProvisioning', 'DisableAutoProvisioning'] as const).map((method) => {
    const isOn = method === 'EnableAutoProvisioning';
    return table(method, [
      {
        ...{ code: TpmCode.success, when: 'always' },
        given: [{ add: NOTE, with: { IsProvisioningDisabled: isOn } }],
        shows: [
          { call: { method: 'IsAutoProvisioningEnabled', on: TPM }, answers: { IsAutoProvisioningEnabled: isOn } },
        ],
      },
      denied(),
    ]);
  }),
  asks(
    'IsAutoProvisioningEnabled',
    { IsAutoProvisioningEnabled: true },
    [{ call: { method: 'DisableAutoProvisioning', on: TPM } }],
    'somebody has said otherwise',
    { IsAutoProvisioningEnabled: false },
  ),
  table(
    'SetPhysicalPresenceRequest',
    [
      {
        ...{ code: TpmCode.success, when: 'always: it is carried out at the next start', input: { Request: 14 } },
        given: [{ set: TPM, to: { [OWNED]: true } }],
        then: [restart],
        shows: [{ get: TPM, has: { [ENABLED]: true, [ACTIVATED]: true, [OWNED]: false } }, response(14)],
      },
      { code: TpmCode.presenceNotSupported, when: 'it is 12, or 15 to 20', input: { Request: 15 } },
      denied({ Request: 1 }),
    ],
    HARDWARE,
  ),
  table(
    'GetPhysicalPresenceRequest',
    [
      {
        ...{ code: TpmCode.success, when: 'always', given: [withRequest(5)] },
        shows: [{ answers: { Request: 5 } }],
      },
      denied(),
    ],
    HARDWARE,
  ),
  table(
    'GetPhysicalPresenceTransition',
    [
      { code: TpmCode.success, when: 'nothing is asked for', shows: [{ answers: { Transition: 0 } }] },
      {
        ...{ code: TpmCode.success, when: 'something is', given: [withRequest(5)] },
        shows: [{ answers: { Transition: 2 } }],
      },
      denied(),
    ],
    HARDWARE,
  ),
  table(
    'GetPhysicalPresenceResponse',
    [
      {
        ...{ code: TpmCode.success, when: 'always: of what was carried out at the last start' },
        ...{ given: [withRequest(2), restart], shows: [{ answers: { Request: 2, Response: 0 } }] },
      },
      denied(),
    ],
    HARDWARE,
  ),
];
