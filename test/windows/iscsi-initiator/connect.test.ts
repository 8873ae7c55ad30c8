import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';
import { createClient, InstancePath } from '../../../src/index.js';
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

it.each(['memory', 'LMDB'])('logs on by CHAP to a target that another host demands it for, over %s', async (kind) => {
  const folder = await mkdtemp(join(tmpdir(), 'chap-'));
  const lines: string[] = [];
  const say = (...all: unknown[]) => void lines.push(JSON.stringify(all));
  const endpoint = await startEndpoint({
    ...{
      port: 0,
      users: [{ name: 'ci', password: 'secret' }],
      logger: { debug: say, info: say, warn: say, error: say },
    },
    ...(kind === 'LMDB' && { state: folder }),
  });
  const [here, there] = ['srv01', 'srv02'].map((name) => {
    const url = endpoint.hosts.get(name).http?.url ?? '';
    return createClient({ url, user: 'ci', password: 'secret' });
  });
  if (!here || !there) throw new Error('a host is missing');
  try {
    const host = new InstancePath({ namespace: 'root/wmi', className: 'WT_Host', keys: { HostName: 't1' } });
    const settings = { EnableCHAP: true, CHAPUserName: 'lab', CHAPSecret: 'a-lab-secret-1' };
    await there.put(host, { ...settings, EnableReverseCHAP: true, ReverseCHAPSecret: 'a-lab-secret-2' });
    // srv01 has an instance of this name, too, which demands nothing.
    const ofStorage = (className: string) => new InstancePath({ namespace: STORAGE, className });
    const call = async (className: string, method: string, input: Readonly<Record<string, string>>) =>
      (await here.invoke(ofStorage(className), method, input)).returnValue;
    const service = new InstancePath({
      namespace: 'root/cimv2',
      className: 'Win32_Service',
      keys: { Name: 'MSiSCSI' },
    });
    await here.invoke(service, 'StartService');
    expect(await call('MSFT_iSCSITargetPortal', 'New', { TargetPortalAddress: 'srv02' })).toBe(0);
    const connect = (more: Readonly<Record<string, string>> = {}) =>
      call('MSFT_iSCSITarget', 'Connect', { NodeAddress: TARGET, ...more });
    const chap = { AuthenticationType: 'MUTUALCHAP', ChapUsername: 'lab', ChapSecret: 'a-lab-secret-1' };
    expect(await connect()).toBe(0xefff0009);
    expect(await connect({ ...chap, AuthenticationType: 'ONEWAYCHAP', ChapSecret: 'a-lab-secret-3' })).toBe(0xefff0009);
    expect(await call('MSFT_iSCSISession', 'SetCHAPSecret', { ChapSecret: 'a-lab-secret-2' })).toBe(0);
    expect(await connect(chap)).toBe(0);

    const [session] = await endpoint.hosts.get('srv01').cim.find('SELECT * FROM MSFT_iSCSISession', STORAGE);
    expect(session?.get('AuthenticationType')).toBe('MUTUALCHAP');
    const connections = await endpoint.cim.find('SELECT * FROM MSISCSITARGET_iSCSIConnection', ISCSI_TARGET);
    expect(connections.map((one) => [one.get('AuthenticationMethodUsed'), one.get('MutualAuthentication')])).toEqual([
      [4, true],
    ]);
    const shown = `${lines.join('\n')}${endpoint.requests().map(String).join('\n')}${JSON.stringify(
      endpoint.requests(),
      (_key, value) => (typeof value === 'bigint' ? String(value) : value instanceof Map ? [...value] : value),
    )}`;
    expect(shown).toContain('MUTUALCHAP');
    expect(shown).not.toMatch(/a-lab-secret/);
  } finally {
    await Promise.all([here.close(), there.close()]);
    await endpoint.close();
    await rm(folder, { recursive: true, force: true });
  }
});
