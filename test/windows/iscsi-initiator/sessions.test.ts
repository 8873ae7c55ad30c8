import { expect, it } from 'vitest';
import { ISCSI_TARGET } from '../../../src/windows/namespaces.js';
import { object } from '../../../src/windows/storage-management/storage-reasons.js';
import { createMachine, type Machine } from '../machine.js';

const OPEN = 'iqn.1991-05.com.microsoft:iscsi-a-t1-target';
const TARGET = `MSFT_iSCSITarget.NodeAddress="${OPEN}"`;
const DISK = object('MSFT_Disk', 'DI', '3');

async function connect(machine: Machine, input = {}): Promise<string> {
  const call = async (method: string, on: string, given = {}) => {
    const answer = await machine.call(method, on, given);
    expect(answer.ReturnValue, method).toBe(0);
    return answer;
  };
  await call('StartService', 'Win32_Service.Name="MSiSCSI"');
  await call('New', 'MSFT_iSCSITargetPortal', { TargetPortalAddress: 'iscsi-a' });
  const { CreatediSCSISession: session } = await call('Connect', 'MSFT_iSCSITarget', { NodeAddress: OPEN, ...input });
  return (session as { getString(name: string): string }).getString('SessionIdentifier');
}

const count = async ({ store }: Machine, className: string) => (await store.count(ISCSI_TARGET, [className]))[0];

it('logs on and off, as both sides see it', async () => {
  const machine = await createMachine();
  const id = await connect(machine);
  const session = machine.path(`MSISCSITARGET_iSCSISession.InstanceID="cimulator:session:${id}"`);
  const there = await machine.broker.getInstance(session);
  expect([there.get('EndPointName'), there.get('SystemName')]).toEqual([
    'iqn.1991-05.com.microsoft:srv01.lab.example',
    'iscsi-a.lab.example',
  ]);
  const ends = await machine.broker.associators(session, {});
  expect(ends.map((one) => one.className).sort()).toEqual([
    'MSISCSITARGET_iSCSIConnection',
    'MSISCSITARGET_iSCSIProtocolEndpoint',
  ]);

  const here = await machine.broker.associators(machine.path(`MSFT_iSCSISession.SessionIdentifier="${id}"`), {});
  expect(here.map((one) => one.className).sort()).toEqual([
    'MSFT_Disk',
    'MSFT_InitiatorPort',
    'MSFT_iSCSIConnection',
    'MSFT_iSCSITarget',
    'MSFT_iSCSITargetPortal',
  ]);
  for (const [method, input] of [
    ['Online', {}],
    ['Initialize', {}],
    ['CreatePartition', { UseMaximumSize: true, AssignDriveLetter: true }],
  ] as const)
    expect(await machine.call(method, DISK, input), method).toMatchObject({ ReturnValue: 0 });
  expect(await machine.get('Win32_LogicalDisk.DeviceID="F:"', 'DriveType')).toEqual([3]);

  expect(await machine.call('Disconnect', TARGET, { SessionIdentifier: id })).toMatchObject({ ReturnValue: 0 });
  expect([
    await count(machine, 'MSISCSITARGET_iSCSISession'),
    await count(machine, 'MSISCSITARGET_iSCSIConnection'),
  ]).toEqual([0, 0]);
  for (const gone of [DISK, 'Win32_LogicalDisk.DeviceID="F:"', 'Win32_DiskPartition.DeviceID="Disk #3, Partition #0"'])
    await expect(machine.broker.getInstance(machine.path(gone)), gone).rejects.toMatchObject({ name: 'CimError' });
});

it.each([
  [true, 1],
  [false, 0],
])('a session with IsPersistent %s is there %i times after a restart', async (IsPersistent, sessions) => {
  const machine = await createMachine();
  await connect(machine, { IsPersistent });
  await machine.call('Reboot', 'Win32_OperatingSystem=@');
  expect(await count(machine, 'MSISCSITARGET_iSCSISession')).toBe(sessions);
  expect(await machine.get(TARGET, 'IsConnected')).toEqual([sessions === 1]);
});
