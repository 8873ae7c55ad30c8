import type { Arrangement, MethodTable, ReachedCode, TableValues } from '../method-table.js';
import { common, object, tablesOf } from '../storage-management/storage-reasons.js';
import { NO_ADMINISTRATORS, objectPath } from '../table-paths.js';
import { PORTAL_CLASS, SESSION_CLASS, TARGET_CLASS } from './initiator-rows.js';
import { IscsiStatus } from './iscsi-status.js';

const SERVICE = objectPath('Win32_Service', { Name: 'MSiSCSI' });
const runs: Arrangement = { set: SERVICE, to: { State: 'Running' } };
const ADDRESS = 'iscsi-a.lab.example';
const portal = (TargetPortalAddress: string) => objectPath(PORTAL_CLASS, { TargetPortalAddress });
const target = (NodeAddress: string) => objectPath(TARGET_CLASS, { NodeAddress });
/** For everybody, and for another computer alone. */
const [OPEN, CLOSED] = ['iqn.1991-05.com.microsoft:iscsi-a-t1-target', 'iqn.1991-05.com.microsoft:iscsi-a-t2-target'];
const newPortal: Arrangement = { call: { method: 'New', on: PORTAL_CLASS, input: { TargetPortalAddress: ADDRESS } } };
const connected: Arrangement = { call: { method: 'Connect', on: TARGET_CLASS, input: { NodeAddress: OPEN } } };
const ready = [runs, newPortal];
const PORT = object('MSFT_InitiatorPort', 'IP', 'iSCSI');

/** What every method of the initiator's service refuses. */
const refusals = (given: readonly Arrangement[], input: TableValues = {}): readonly ReachedCode[] => [
  {
    code: 0x80041003,
    when: 'the caller is no administrator',
    given: [...given, NO_ADMINISTRATORS],
    input,
  },
  {
    code: IscsiStatus.serviceNotRunning,
    when: 'the service MSiSCSI does not run',
    given: [...given, { set: SERVICE, to: { State: 'Stopped' } }],
    input,
  },
];

const ofPortal = tablesOf(PORTAL_CLASS, PORTAL_CLASS);
const ofTarget = tablesOf(TARGET_CLASS, TARGET_CLASS);
const onPortal = (row: ReachedCode): ReachedCode => ({ ...row, on: portal(ADDRESS) });
const onTarget = (row: ReachedCode): ReachedCode => ({ ...row, on: target(OPEN) });
/** The disk that comes with the session. */
const DISK = object('MSFT_Disk', 'DI', '3');
const offTarget: Arrangement = {
  set: objectPath('MSISCSITARGET_TCPProtocolEndpoint', {
    SystemCreationClassName: 'MSFTSM_ComputerSystem',
    SystemName: ADDRESS,
    CreationClassName: 'MSISCSITARGET_TCPProtocolEndpoint',
    Name: 'tcp-1',
  }),
  to: { PortNumber: 1 },
};
const offToo: Arrangement = {
  set: objectPath('MSISCSITARGET_TCPProtocolEndpoint', {
    SystemCreationClassName: 'MSFTSM_ComputerSystem',
    SystemName: ADDRESS,
    CreationClassName: 'MSISCSITARGET_TCPProtocolEndpoint',
    Name: 'tcp-2',
  }),
  to: { PortNumber: 1 },
};
/** What the target t1 knows, and what the initiator does. */
const [SECRET, OWN] = ['a-lab-secret-1', 'a-lab-secret-2'];
const REVERSE: TableValues = { EnableReverseCHAP: true, ReverseCHAPUserName: 'lab', ReverseCHAPSecret: OWN };
const demands = (more: TableValues = {}): Arrangement => ({
  set: objectPath('root/wmi:WT_Host', { HostName: 't1' }),
  to: { EnableCHAP: true, CHAPUserName: 'lab', CHAPSecret: SECRET, ...more },
});
const byChap = (more: TableValues = {}): TableValues => ({
  ...{ NodeAddress: OPEN, AuthenticationType: 'ONEWAYCHAP', ChapUsername: 'lab', ChapSecret: SECRET },
  ...more,
});
const ownSecret: Arrangement = { call: { method: 'SetCHAPSecret', on: SESSION_CLASS, input: { ChapSecret: OWN } } };
const SESSION = { SessionIdentifier: 'a-b' };
const aSession: Arrangement = {
  add: objectPath(SESSION_CLASS, SESSION),
  with: { TargetNodeAddress: OPEN, IsPersistent: false },
};

const portalTables: readonly MethodTable[] = [
  ofPortal('New', [
    {
      code: 0,
      when: 'a target listens there',
      given: [runs],
      input: { TargetPortalAddress: '198.51.100.11' },
      shows: [
        { get: portal('198.51.100.11'), has: { TargetPortalPortNumber: 3260 } },
        {
          associatorsOf: portal('198.51.100.11'),
          by: 'MSFT_iSCSITargetToiSCSITargetPortal',
          find: [target(OPEN), target(CLOSED)],
        },
      ],
    },
    ...refusals([], { TargetPortalAddress: ADDRESS }),
    {
      code: IscsiStatus.connectionFailed,
      when: 'nobody is called so, or no target listens at the port',
      given: [runs],
      input: { TargetPortalAddress: 'nobody' },
    },
    { code: IscsiStatus.missingParameter, when: 'TargetPortalAddress is missing', given: [runs] },
    {
      code: IscsiStatus.portalAlreadyExists,
      when: 'there is a portal of this address',
      given: ready,
      input: { TargetPortalAddress: ADDRESS },
    },
  ]),
  ofPortal(
    'Update',
    [
      {
        code: 0,
        when: 'a target listens there',
        given: [...ready, { remove: target(OPEN) }],
        shows: [{ get: target(OPEN), has: { IsConnected: false } }],
      },
      ...refusals(ready),
      {
        code: IscsiStatus.connectionFailed,
        when: 'no target listens there any more',
        given: [...ready, offTarget, offToo],
      },
    ].map(onPortal),
  ),
  ofPortal(
    'Remove',
    [
      {
        code: 0,
        when: 'always',
        given: ready,
        shows: [{ gone: portal(ADDRESS) }, { gone: target(OPEN) }],
      },
      ...refusals(ready),
    ].map(onPortal),
  ),
];

const targetTables: readonly MethodTable[] = [
  ofTarget('Connect', [
    {
      code: 0,
      when: 'a portal has told of the target, and it is for this initiator',
      given: ready,
      input: { NodeAddress: OPEN },
      shows: [
        { get: target(OPEN), has: { IsConnected: true } },
        { get: DISK, has: { BusType: 9, Size: 8_589_934_592n, IsOffline: true, PartitionStyle: 0 } },
        {
          get: objectPath('Win32_DiskDrive', { DeviceID: '\\\\.\\PHYSICALDRIVE3' }),
          has: { Size: 8_589_934_592n, Model: 'MSFT Virtual HD SCSI Disk Device' },
        },
      ],
    },
    ...refusals(ready, { NodeAddress: OPEN }),
    {
      code: IscsiStatus.connectionFailed,
      when: 'the target does not answer there',
      given: [...ready, offTarget, offToo],
      input: { NodeAddress: OPEN },
    },
    {
      code: 0,
      when: 'the target demands CHAP, and the name and secret are those that it knows (`WT_Host`)',
      given: [...ready, demands()],
      input: byChap(),
      shows: [{ answers: { ReturnValue: 0 } }, { get: target(OPEN), has: { IsConnected: true } }],
    },
    {
      code: 0,
      when: "the target knows the initiator's secret, too, and is asked for it",
      given: [...ready, demands(REVERSE), ownSecret],
      input: byChap({ AuthenticationType: 'MUTUALCHAP' }),
      shows: [{ get: target(OPEN), has: { IsConnected: true } }],
    },
    ...(
      [
        ['the target demands CHAP, and AuthenticationType is NONE', [demands()], { NodeAddress: OPEN }],
        ['AuthenticationType is one of CHAP, and the target demands none', [], byChap()],
        ['the target knows another secret', [demands()], byChap({ ChapSecret: 'another-secret' })],
        ['the target knows another name', [demands()], byChap({ ChapUsername: 'nobody' })],
        [
          'the target does not know the secret of the initiator',
          [demands(), ownSecret],
          byChap({ AuthenticationType: 'MUTUALCHAP' }),
        ],
      ] as const
    ).map(([when, given, input]) => ({
      ...{ code: IscsiStatus.authenticationFailure, when, input },
      given: [...ready, ...given],
    })),
    {
      code: IscsiStatus.invalidTargetSecret,
      when: 'ChapSecret has not 12 to 16 bytes',
      given: [...ready, demands()],
      input: byChap({ ChapSecret: 'short' }),
    },
    {
      code: IscsiStatus.invalidUserName,
      when: 'ChapUsername is longer than 223 bytes',
      given: [...ready, demands()],
      input: byChap({ ChapUsername: 'u'.repeat(224) }),
    },
    {
      code: IscsiStatus.invalidInitiatorSecret,
      when: 'AuthenticationType is MUTUALCHAP, and the initiator has no secret',
      given: [...ready, demands(REVERSE)],
      input: byChap({ AuthenticationType: 'MUTUALCHAP' }),
    },
    {
      code: IscsiStatus.invalidSecret,
      when: 'the secret of the initiator is the same as ChapSecret',
      given: [...ready, demands(REVERSE), ownSecret],
      input: byChap({ AuthenticationType: 'MUTUALCHAP', ChapSecret: OWN }),
    },
    {
      code: IscsiStatus.authorizationFailure,
      when: 'no privilege of the target is for this initiator',
      given: ready,
      input: { NodeAddress: CLOSED },
    },
    {
      code: IscsiStatus.notFound,
      when: 'no portal has told of such a target',
      given: ready,
      input: { NodeAddress: 'iqn.2026-01.example:none' },
    },
    { code: IscsiStatus.missingParameter, when: 'NodeAddress is missing', given: ready },
    {
      code: IscsiStatus.noPortal,
      when: 'no portal is left that has told of the target',
      given: [runs, { add: target(OPEN) }],
      input: { NodeAddress: OPEN },
    },
    {
      code: IscsiStatus.alreadyLoggedIn,
      when: 'there is a session, and IsMultipathEnabled is not true',
      given: [...ready, connected],
      input: { NodeAddress: OPEN },
    },
    {
      code: IscsiStatus.portalNotFound,
      when: 'the portal that is named has not told of the target',
      given: ready,
      input: { NodeAddress: OPEN, TargetPortalAddress: 'iscsi-b' },
    },
    {
      code: IscsiStatus.authenticationType,
      when: 'AuthenticationType is none that there is',
      given: ready,
      input: { NodeAddress: OPEN, AuthenticationType: 'X' },
    },
  ]),
  ofTarget(
    'Disconnect',
    [
      {
        code: 0,
        when: 'there is a session',
        given: [...ready, connected],
        shows: [
          { get: target(OPEN), has: { IsConnected: false } },
          { gone: DISK },
          { gone: objectPath('Win32_DiskDrive', { DeviceID: '\\\\.\\PHYSICALDRIVE3' }) },
        ],
      },
      ...refusals(ready),
      { code: IscsiStatus.invalidSessionId, when: 'there is no such session', given: ready },
      {
        code: IscsiStatus.deviceBusy,
        when: 'a disk of the session holds a page file',
        given: [
          ...[...ready, connected],
          { call: { method: 'Online', on: DISK } },
          { call: { method: 'Initialize', on: DISK } },
          { call: { method: 'CreatePartition', on: DISK, input: { UseMaximumSize: true, DriveLetter: 'P' } } },
          { add: objectPath('Win32_PageFileUsage', { Name: 'P:\\pagefile.sys' }) },
        ],
      },
    ].map(onTarget),
  ),
  ofTarget(
    'Update',
    [
      {
        code: 0,
        when: 'always',
        given: [...ready, connected, { remove: DISK }],
        shows: [{ get: object('MSFT_Disk', 'DI', '4'), has: { BusType: 9 } }],
      },
      ...refusals(ready),
    ].map(onTarget),
  ),
];

const sessionTables: readonly MethodTable[] = ['Register', 'Unregister'].map((method) =>
  tablesOf(SESSION_CLASS, SESSION_CLASS)(
    method,
    [
      {
        code: 0,
        when: 'always',
        given: [runs, aSession],
        shows: [{ get: objectPath(SESSION_CLASS, SESSION), has: { IsPersistent: method === 'Register' } }],
      },
      ...refusals([aSession]),
    ].map((row): ReachedCode => ({ ...row, on: objectPath(SESSION_CLASS, SESSION) })),
  ),
);

const secretTables: readonly MethodTable[] = [
  tablesOf(SESSION_CLASS, SESSION_CLASS)('SetCHAPSecret', [
    {
      code: 0,
      when: 'it has 12 to 16 bytes',
      given: [...ready, demands(REVERSE)],
      input: { ChapSecret: OWN },
      shows: [
        {
          call: { method: 'Connect', on: TARGET_CLASS, input: byChap({ AuthenticationType: 'MUTUALCHAP' }) },
          answers: { ReturnValue: 0 },
        },
      ],
    },
    ...refusals([], { ChapSecret: OWN }),
    {
      code: IscsiStatus.invalidInitiatorSecret,
      when: 'it has not',
      given: ready,
      input: { ChapSecret: 'longer-than-16-bytes' },
    },
  ]),
];

const portTables: readonly MethodTable[] = [
  tablesOf('MSFT_InitiatorPort', PORT)(
    'SetNodeAddress',
    [
      {
        code: 0,
        when: 'it is a name of iSCSI',
        given: ready,
        input: { NodeAddress: 'iqn.1991-05.com.microsoft:srv02.lab.example' },
        shows: [
          { get: PORT, has: { NodeAddress: 'iqn.1991-05.com.microsoft:srv02.lab.example' } },
          {
            call: { method: 'Connect', on: TARGET_CLASS, input: { NodeAddress: CLOSED } },
            answers: { ReturnValue: 0 },
          },
        ],
      },
      { code: 5, when: 'it is no name of iSCSI', input: { NodeAddress: 'srv01' } },
      { code: 40_001, when: 'the caller is no administrator', given: [NO_ADMINISTRATORS] },
    ],
    common,
  ),
];

export const initiatorTables: readonly MethodTable[] = [
  ...portalTables,
  ...targetTables,
  ...sessionTables,
  ...secretTables,
  ...portTables,
];
