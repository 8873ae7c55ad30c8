import { expect, it } from 'vitest';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';
import { ISCSI_TARGET, STORAGE } from '../../../src/windows/namespaces.js';

const TARGET = 'iqn.1991-05.com.microsoft:iscsi-b-t1-target';

it('logs on to the target of another host, which sees the session', async () => {
  await using endpoint = await startEndpoint({
    port: 0,
    users: [{ name: 'ci', password: 'secret' }],
    hosts: [{ name: 'srv01.lab.example' }, { name: 'srv02.lab.example' }],
  });
  const [here, there] = ['srv01', 'srv02'].map((name) => endpoint.hosts.get(name));
  if (!here || !there) throw new Error('a host is missing');
  await here.cim.invoke('root/cimv2:Win32_Service.Name="MSiSCSI"', 'StartService');
  const call = (className: string, method: string, input: Readonly<Record<string, string>>) =>
    here.cim.invoke(`${STORAGE}:${className}`, method, input);
  expect(await call('MSFT_iSCSITargetPortal', 'New', { TargetPortalAddress: 'srv02' })).toMatchObject({
    returnValue: 0,
  });
  expect(await call('MSFT_iSCSITarget', 'Connect', { NodeAddress: TARGET })).toMatchObject({ returnValue: 0 });
  const sessions = await there.cim.find('SELECT * FROM MSISCSITARGET_iSCSISession', ISCSI_TARGET);
  expect(sessions.map((one) => [one.get('SystemName'), one.get('EndPointName')])).toEqual([
    ['iscsi-b.lab.example', 'iqn.1991-05.com.microsoft:srv01.lab.example'],
  ]);
  const disks = await here.cim.find('SELECT * FROM MSFT_Disk WHERE BusType = 9', STORAGE);
  expect(disks.map((one) => one.get('Size'))).toEqual([8_589_934_592n]);
  expect(await there.cim.find('SELECT * FROM MSFT_iSCSISession', STORAGE)).toEqual([]);
});
