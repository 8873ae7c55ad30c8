import type { Arrangement, MethodTable, ReachedCode } from '../method-table.js';
import { common, object, tablesOf } from '../storage-management/storage-reasons.js';
import { NO_ADMINISTRATORS, objectPath } from '../table-paths.js';
import { chapCodes, secretTables } from './chap-tables.js';
import { PORTAL_CLASS, SESSION_CLASS, TARGET_CLASS } from './initiator-rows.js';
import { IscsiStatus } from './iscsi-status.js';
import { ADDRESS, CLOSED, connected, OPEN, portal, ready, refusals, runs, target } from './table-targets.js';

const PORT = object('MSFT_InitiatorPort', 'IP', 'iSCSI');
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
    ...chapCodes,
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
