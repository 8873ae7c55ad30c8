import { beforeAll, describe, expect, it } from 'vitest';
import type { InstancePath } from '../../src/cim/model/instance-path.js';
import { sameName } from '../../src/cim/model/name-map.js';
import { ISCSI_TARGET } from '../../src/windows/namespaces.js';
import { bytes, text, useComputers } from './computers.js';

const { all, host, turnTo } = useComputers();

describe('the iSCSI targets of the default lab', () => {
  beforeAll(() => turnTo({ lab: 'two-servers', name: 'srv01' }));

  it('have the service of the iSCSI target, which runs where targets are enabled', async () => {
    const service = (await all('Win32_Service')).find((one) => sameName(text(one, 'Name'), 'WinTarget'));
    expect(service?.get('State')).toBe('Running');
    const targets = await all('MSISCSITARGET_SCSIProtocolController', ISCSI_TARGET);
    expect(targets.every((one) => one.get('EnabledState') === 2)).toBe(true);
  });

  it('has systems of iSCSI whose parts are called as they are, and whose storage network is its own', async () => {
    const systems = (await all('MSFTSM_ComputerSystem', ISCSI_TARGET)).map((one) => text(one, 'Name'));
    const parts = ['SCSIProtocolController', 'StorageVolume', 'TCPProtocolEndpoint', 'StoragePool'];
    for (const part of parts)
      for (const one of await all(`MSISCSITARGET_${part}`, ISCSI_TARGET))
        expect(systems).toContain(text(one, 'SystemName'));
    const own = (await all('Win32_NetworkAdapterConfiguration')).flatMap((one) => one.get('IPAddress') ?? []);
    const endpoints = await all('MSFTSMNET_IPProtocolEndpoint', ISCSI_TARGET);
    const first = endpoints.find((one) => text(one, 'SystemName') === systems[0]);
    expect(own).toContain(text(first, 'IPv4Address'));
  });

  it('has a pool of iSCSI that is a volume of its own, with virtual disks that fit', async () => {
    const [pool] = await all('MSISCSITARGET_StoragePool', ISCSI_TARGET);
    const disk = (await all('Win32_LogicalDisk')).find((one) => one.get('DeviceID') === pool?.get('PoolID'));
    expect([pool?.get('TotalManagedSpace'), pool?.get('RemainingManagedSpace')]).toEqual([
      disk?.get('Size'),
      disk?.get('FreeSpace'),
    ]);
    const consumed = (await all('MSISCSITARGET_AllocatedFromStoragePool', ISCSI_TARGET))
      .filter((one) => String(one.get('Antecedent')) === String(pool?.path))
      .reduce((sum, one) => sum + bytes(one, 'SpaceConsumed'), 0n);
    expect(consumed + bytes(pool, 'RemainingManagedSpace')).toBeLessThanOrEqual(bytes(pool, 'TotalManagedSpace'));
  });

  it('has targets as an SMI-S client walks to them: from a system to its pools, units, and those who may log on', async () => {
    const follow = async (from: InstancePath | undefined, association: string, resultClass: string) => {
      const path = String(from);
      return host().cim.find(
        `ASSOCIATORS OF {${path}} WHERE AssocClass=MSISCSITARGET_${association} ResultClass=MSISCSITARGET_${resultClass}`,
        ISCSI_TARGET,
      );
    };
    const [system] = (await all('MSFTSM_ComputerSystem', ISCSI_TARGET)).map(({ path }) => path);
    const [pool] = await follow(system, 'HostedStoragePool', 'StoragePool');
    expect(await follow(pool?.path, 'ElementCapabilities', 'StorageCapabilities')).toHaveLength(1);
    const volumes = await follow(pool?.path, 'AllocatedFromStoragePool', 'StorageVolume');
    expect(volumes).toHaveLength(2);
    const controllers = await follow(system, 'SystemDevice', 'SCSIProtocolController');
    expect(controllers).toHaveLength(2);
    for (const { path } of controllers) {
      const target = path;
      const [unit] = await follow(target, 'ProtocolControllerForUnit', 'StorageVolume');
      expect(volumes.map((one) => String(one.path))).toContain(String(unit?.path));
      expect(await follow(target, 'SAPAvailableForElement', 'iSCSIProtocolEndpoint')).toHaveLength(1);
      const [privilege] = await follow(target, 'AuthorizedTarget', 'AuthorizedPrivilege');
      const [id] = await follow(privilege?.path, 'AuthorizedSubject', 'StorageHardwareID');
      expect(text(id, 'StorageID')).toMatch(/^iqn\./);
    }
  });
});
