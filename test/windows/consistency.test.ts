import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CimInstance } from '../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { sameName } from '../../src/cim/model/name-map.js';
import type { Endpoint } from '../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';
import { CIMV2, ISCSI_TARGET, STORAGE, TASK_SCHEDULER } from '../../src/windows/namespaces.js';

/** The default lab: what its classes say of one thing agrees, wherever they say it. */
let endpoint: Endpoint;

beforeAll(async () => {
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  endpoint = await startEndpoint({ port: 0, logger });
});
afterAll(async () => endpoint.close());

const all = (className: string, namespace = CIMV2) => endpoint.cim.find(`SELECT * FROM ${className}`, namespace);

const bytes = (instance: CimInstance | undefined, property: string) => BigInt(Number(instance?.get(property) ?? 0));
const text = (instance: CimInstance | undefined, property: string) => instance?.getString(property) ?? '';

/** The other ends of an association, by the key of an instance. */
async function tied(association: string, from: string, to: string, namespace = CIMV2) {
  const ties = await all(association, namespace);
  return (instance: CimInstance) =>
    ties
      .filter((tie) => {
        const end = tie.get(from);
        return end instanceof InstancePath && end.canonicalKeys === instance.path?.canonicalKeys;
      })
      .flatMap((tie) => {
        const end = tie.get(to);
        return end instanceof InstancePath ? [end] : [];
      });
}

const isAt = (path: InstancePath) => (instance: CimInstance) => instance.path?.canonicalKeys === path.canonicalKeys;

describe('drives of root/cimv2', () => {
  it('have the partitions that lie on them, which do not overlap and do not reach beyond them', async () => {
    const [drives, partitions] = [await all('Win32_DiskDrive'), await all('Win32_DiskPartition')];
    const onDrive = await tied('Win32_DiskDriveToDiskPartition', 'Antecedent', 'Dependent');
    expect(drives.length).toBeGreaterThan(0);
    for (const drive of drives) {
      const own = partitions
        .filter((one) => one.get('DiskIndex') === drive.get('Index'))
        .sort((a, b) => Number(bytes(a, 'StartingOffset') - bytes(b, 'StartingOffset')));
      expect(drive.get('Partitions')).toBe(own.length);
      expect(onDrive(drive).map(String).sort()).toEqual(own.map((one) => String(one.path)).sort());
      expect(bytes(drive, 'Size')).toBe(bytes(drive, 'TotalSectors') * bytes(drive, 'BytesPerSector'));
      let end = 0n;
      for (const one of own) {
        expect(bytes(one, 'StartingOffset')).toBeGreaterThanOrEqual(end);
        expect(bytes(one, 'Size')).toBe(bytes(one, 'NumberOfBlocks') * bytes(one, 'BlockSize'));
        end = bytes(one, 'StartingOffset') + bytes(one, 'Size');
      }
      expect(end).toBeLessThanOrEqual(bytes(drive, 'Size'));
    }
  });

  it('have volumes that are seen as logical disks of the same size, on the partitions that they fill', async () => {
    const [disks, volumes, partitions] = [
      await all('Win32_LogicalDisk'),
      await all('Win32_Volume'),
      await all('Win32_DiskPartition'),
    ];
    const onPartition = await tied('Win32_LogicalDiskToPartition', 'Dependent', 'Antecedent');
    expect(disks).toHaveLength(volumes.length);
    for (const disk of disks) {
      const volume = volumes.find((one) => one.get('DriveLetter') === disk.get('DeviceID'));
      const pairs = [
        ...[
          ['Size', 'Capacity'],
          ['FreeSpace', 'FreeSpace'],
          ['FileSystem', 'FileSystem'],
          ['VolumeName', 'Label'],
        ],
        ...[
          ['DriveType', 'DriveType'],
          ['VolumeDirty', 'DirtyBitSet'],
          ['Compressed', 'Compressed'],
        ],
      ];
      for (const [its = '', own = ''] of pairs)
        expect(volume?.get(own), `${its} of ${disk.path}`).toEqual(disk.get(its));
      if (disk.get('DriveType') !== 3) continue;
      const [on] = onPartition(disk);
      expect(bytes(on && partitions.find(isAt(on)), 'Size')).toBe(bytes(disk, 'Size'));
      expect(bytes(disk, 'FreeSpace')).toBeLessThanOrEqual(bytes(disk, 'Size'));
    }
  });
});

describe('root/Microsoft/Windows/Storage', () => {
  it('says of disks what root/cimv2 says', async () => {
    const [disks, drives] = [await all('MSFT_Disk', STORAGE), await all('Win32_DiskDrive')];
    const [partitions, onDrives] = [await all('MSFT_Partition', STORAGE), await all('Win32_DiskPartition')];
    const onDisk = await tied('MSFT_DiskToPartition', 'Disk', 'Partition', STORAGE);
    expect(disks.map((one) => one.get('Number'))).toEqual(drives.map((one) => one.get('Index')));
    expect(partitions).toHaveLength(onDrives.length);
    for (const disk of disks) {
      const drive = drives.find((one) => one.get('Index') === disk.get('Number'));
      for (const [own, its] of [
        ['Size', 'Size'],
        ['FriendlyName', 'Model'],
        ['SerialNumber', 'SerialNumber'],
        ['NumberOfPartitions', 'Partitions'],
      ] as const)
        expect(disk.get(own), own).toEqual(drive?.get(its));
      const own = onDisk(disk).map((path) => partitions.find(isAt(path)));
      expect(own.reduce((sum, one) => sum + bytes(one, 'Size'), 0n)).toBe(bytes(disk, 'AllocatedSize'));
      expect(bytes(disk, 'AllocatedSize') + bytes(disk, 'LargestFreeExtent')).toBeLessThanOrEqual(bytes(disk, 'Size'));
    }
    for (const partition of partitions) {
      const same = onDrives.find(
        (one) =>
          one.get('DiskIndex') === partition.get('DiskNumber') &&
          one.get('Index') === Number(partition.get('PartitionNumber')) - 1,
      );
      expect([partition.get('Size'), partition.get('Offset')]).toEqual([
        same?.get('Size'),
        same?.get('StartingOffset'),
      ]);
    }
  });

  it('says of volumes what root/cimv2 says, and has them on the partitions of the same size', async () => {
    const [managed, volumes] = [await all('MSFT_Volume', STORAGE), await all('Win32_Volume')];
    const partitions = await all('MSFT_Partition', STORAGE);
    const under = await tied('MSFT_PartitionToVolume', 'Volume', 'Partition', STORAGE);
    expect(managed).toHaveLength(volumes.length);
    for (const one of managed) {
      const volume = volumes.find((each) => each.get('DeviceID') === one.get('Path'));
      expect([one.get('Size'), one.get('SizeRemaining'), one.get('FileSystem'), one.get('DriveLetter')]).toEqual([
        ...['Capacity', 'FreeSpace', 'FileSystem'].map((name) => volume?.get(name)),
        text(volume, 'DriveLetter').charAt(0),
      ]);
      const [path] = under(one);
      const partition = path && partitions.find(isAt(path));
      if (partition)
        expect([partition.get('Size'), partition.get('DriveLetter')]).toEqual([
          one.get('Size'),
          one.get('DriveLetter'),
        ]);
    }
  });

  it('has physical disks and a pool of the same sizes', async () => {
    const [physical, disks] = [await all('MSFT_PhysicalDisk', STORAGE), await all('MSFT_Disk', STORAGE)];
    const sizes = physical.map((one) => bytes(one, 'Size'));
    expect(sizes).toEqual(disks.map((one) => bytes(one, 'Size')));
    const [pool] = await all('MSFT_StoragePool', STORAGE);
    expect(bytes(pool, 'Size')).toBe(sizes.reduce((sum, size) => sum + size, 0n));
  });
});

describe('services and processes', () => {
  it('run as processes that are there, and are stopped without one', async () => {
    const processes = new Set((await all('Win32_Process')).map((one) => Number(one.get('ProcessId'))));
    for (const service of await all('Win32_Service')) {
      const id = Number(service.get('ProcessId') ?? 0);
      if (service.get('State') === 'Stopped') expect(id, text(service, 'Name')).toBe(0);
      else expect(processes.has(id), text(service, 'Name')).toBe(true);
    }
  });

  it('have the service of the iSCSI target, which runs where targets are enabled', async () => {
    const service = (await all('Win32_Service')).find((one) => sameName(text(one, 'Name'), 'WinTarget'));
    expect(service?.get('State')).toBe('Running');
    const targets = await all('MSISCSITARGET_SCSIProtocolController', ISCSI_TARGET);
    expect(targets.every((one) => one.get('EnabledState') === 2)).toBe(true);
  });
});

describe('the computer', () => {
  it('is called alike everywhere, and by a domain that its initiator has', async () => {
    const [computer] = await all('Win32_ComputerSystem');
    const name = text(computer, 'Name');
    const [system] = await all('Win32_OperatingSystem');
    expect(text(system, 'CSName')).toBe(name);
    for (const className of ['Win32_DiskDrive', 'Win32_LogicalDisk', 'Win32_Volume', 'Win32_NetworkAdapter'])
      for (const one of await all(className)) expect(text(one, 'SystemName'), `${one.path}`).toBe(name);
    const [port] = await all('MSFT_InitiatorPort', STORAGE);
    const whole = `${text(computer, 'DNSHostName')}.${text(computer, 'Domain')}`;
    expect(text(port, 'NodeAddress')).toBe(`iqn.1991-05.com.microsoft:${whole}`);
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
});

it('has scheduled tasks whose programs and accounts are its own, each with what is told of its runs', async () => {
  const [tasks, infos] = [
    await all('MSFT_ScheduledTask', TASK_SCHEDULER),
    await all('MSFT_TaskDynamicInfo', TASK_SCHEDULER),
  ];
  expect(infos.map((one) => one.path?.canonicalKeys)).toEqual(tasks.map((one) => one.path?.canonicalKeys));
  const accounts = [...(await all('Win32_UserAccount')), ...(await all('Win32_Group'))].map((one) => text(one, 'Name'));
  for (const task of tasks) {
    const principal = task.get('Principal') as CimInstance;
    const whom = text(principal, 'UserId') || text(principal, 'GroupId');
    expect(['SYSTEM', 'LOCAL SERVICE', 'NETWORK SERVICE', ...accounts], String(task.path)).toContain(whom);
    const info = infos.find((one) => one.path?.canonicalKeys === task.path?.canonicalKeys);
    const isNever = Number(info?.get('LastTaskResult')) === 0x41303;
    expect([0, 0x41303, 0x41301], String(task.path)).toContain(info?.get('LastTaskResult'));
    expect(String(info?.get('LastRunTime')).startsWith('19991130')).toBe(isNever);
    if (task.get('State') === 1) expect(info?.get('NextRunTime')).toBeNull();
  }
});

it('has adapters and their configurations, one of each', async () => {
  const [adapters, configurations] = [
    await all('Win32_NetworkAdapter'),
    await all('Win32_NetworkAdapterConfiguration'),
  ];
  const settingOf = await tied('Win32_NetworkAdapterSetting', 'Element', 'Setting');
  expect(adapters).toHaveLength(configurations.length);
  for (const adapter of adapters) {
    const [path] = settingOf(adapter);
    const configuration = path && configurations.find(isAt(path));
    expect(configuration?.get('Index')).toBe(adapter.get('Index'));
    expect(configuration?.get('MACAddress')).toEqual(adapter.get('MACAddress'));
    if (configuration?.get('IPEnabled') === true) expect(adapter.get('NetConnectionStatus')).toBe(2);
  }
});

it('has targets as an SMI-S client walks to them: from a system to its pools, units, and those who may log on', async () => {
  const follow = async (from: InstancePath | undefined, association: string, resultClass: string) => {
    const path = String(from);
    return endpoint.cim.find(
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
