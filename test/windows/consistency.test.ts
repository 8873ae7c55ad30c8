import { beforeAll, describe, expect, it } from 'vitest';
import type { CimInstance } from '../../src/cim/model/cim-instance.js';
import { CIMULATOR, STORAGE, TASK_SCHEDULER, VOLUME_ENCRYPTION } from '../../src/windows/namespaces.js';
import { STANDARD } from '../../src/windows/network/standard/rows.js';
import { SMB_SHARE } from '../../src/windows/smb/show-shares.js';
import { bytes, COMPUTERS, isAt, text, useComputers } from './computers.js';

const SMB = SMB_SHARE.namespace;

/** Every computer of the built-in labs: what its classes say of one thing agrees, wherever they say it. */
const { all, computer, host, isFurnished, tied, turnTo } = useComputers();

describe.each(COMPUTERS)('$name of the lab $lab', (one) => {
  beforeAll(() => turnTo(one));

  describe('drives of root/cimv2', () => {
    it('have the partitions that lie on them, which do not overlap and do not reach beyond them', async () => {
      const [drives, partitions] = [await all('Win32_DiskDrive'), await all('Win32_DiskPartition')];
      const onDrive = await tied('Win32_DiskDriveToDiskPartition', 'Antecedent', 'Dependent');
      expect(drives.length > 0).toBe(isFurnished());
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
        expect(bytes(disk, 'AllocatedSize') + bytes(disk, 'LargestFreeExtent')).toBeLessThanOrEqual(
          bytes(disk, 'Size'),
        );
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
      if (isFurnished()) expect(bytes(pool, 'Size')).toBe(sizes.reduce((sum, size) => sum + size, 0n));
    });
  });

  it('run as processes that are there, and are stopped without one', async () => {
    const processes = new Set((await all('Win32_Process')).map((one) => Number(one.get('ProcessId'))));
    for (const service of await all('Win32_Service')) {
      const id = Number(service.get('ProcessId') ?? 0);
      if (service.get('State') === 'Stopped') expect(id, text(service, 'Name')).toBe(0);
      else expect(processes.has(id), text(service, 'Name')).toBe(true);
    }
  });

  it('is called alike everywhere, and by a domain that its initiator has', async () => {
    const [system] = await all('Win32_ComputerSystem');
    const name = text(system, 'Name');
    const [running] = await all('Win32_OperatingSystem');
    expect(text(running, 'CSName')).toBe(name);
    for (const className of ['Win32_DiskDrive', 'Win32_LogicalDisk', 'Win32_Volume', 'Win32_NetworkAdapter'])
      for (const one of await all(className)) expect(text(one, 'SystemName'), `${one.path}`).toBe(name);
    const [port] = await all('MSFT_InitiatorPort', STORAGE);
    const domain = system?.get('PartOfDomain') === true ? `.${text(system, 'Domain')}` : '';
    if (isFurnished())
      expect(text(port, 'NodeAddress')).toBe(`iqn.1991-05.com.microsoft:${text(system, 'DNSHostName')}${domain}`);
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

  it('has scheduled tasks whose programs and accounts are its own, each with what is told of its runs', async () => {
    const [tasks, infos] = [
      await all('MSFT_ScheduledTask', TASK_SCHEDULER),
      await all('MSFT_TaskDynamicInfo', TASK_SCHEDULER),
    ];
    expect(infos.map((one) => one.path?.canonicalKeys)).toEqual(tasks.map((one) => one.path?.canonicalKeys));
    const accounts = [...(await all('Win32_UserAccount')), ...(await all('Win32_Group'))].map((one) =>
      text(one, 'Name'),
    );
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

  it('shows its network in root/StandardCimv2 as root/cimv2 has it', async () => {
    const [adapters, configurations] = [
      await all('Win32_NetworkAdapter'),
      await all('Win32_NetworkAdapterConfiguration'),
    ];
    const shown = await all('MSFT_NetAdapter', STANDARD);
    expect(
      shown.map((one) => ['Name', 'InterfaceIndex', 'PnPDeviceID', 'PermanentAddress'].map((name) => one.get(name))),
    ).toEqual(
      adapters.map((one) => [
        ...['NetConnectionID', 'InterfaceIndex', 'PNPDeviceID'].map((name) => one.get(name)),
        text(one, 'MACAddress').replaceAll(':', ''),
      ]),
    );
    for (const one of shown) expect(text(one, 'SystemName')).toBe(host().name);
    const addresses = (await all('MSFT_NetIPAddress', STANDARD)).map((one) => text(one, 'IPAddress'));
    const own = configurations.flatMap((one) => one.get('IPAddress') ?? []) as string[];
    expect(addresses.sort()).toEqual(['127.0.0.1', '::1', ...own].sort());
    const routes = (await all('MSFT_NetRoute', STANDARD)).filter((one) => one.get('AddressFamily') === 2);
    expect(await all('Win32_IP4RouteTable')).toHaveLength(routes.length);
    const interfaces = (await all('MSFT_NetIPInterface', STANDARD)).map((one) => one.get('InterfaceIndex'));
    for (const one of routes) expect(interfaces).toContain(one.get('InterfaceIndex'));
    const devices = (await all('Win32_PnPEntity')).map((one) => one.get('DeviceID'));
    for (const one of adapters) expect(devices).toContain(one.get('PNPDeviceID'));
  });

  it('shows its shares in root/Microsoft/Windows/Smb as root/cimv2 has them', async () => {
    const what = (one: CimInstance) => ['Name', 'Path', 'Description'].map((name) => one.get(name));
    expect((await all('MSFT_SmbShare', SMB)).map(what)).toEqual((await all('Win32_Share')).map(what));
  });

  it('has encryptable volumes, those of its local disks, by the letters and with the types that root/cimv2 says', async () => {
    const [system] = await all('Win32_OperatingSystem');
    const local = (await all('Win32_Volume')).filter((one) => one.get('DriveType') === 3 && one.get('FileSystem'));
    const typeOf = (letter: unknown) => (letter !== null && letter === system?.get('SystemDrive') ? 0 : 1);
    const shown = await all('Win32_EncryptableVolume', VOLUME_ENCRYPTION);
    expect(
      shown.map((one) => ['DeviceID', 'DriveLetter', 'VolumeType', 'ConversionStatus'].map((name) => one.get(name))),
    ).toEqual(local.map((one) => [one.get('DeviceID'), one.get('DriveLetter'), typeOf(one.get('DriveLetter')), 0]));
  });

  it('listens where the services that run do', async () => {
    const services = new Map((await all('Win32_Service')).map((one) => [text(one, 'Name'), one]));
    const listeners = await all('CIMULATOR_Listener', CIMULATOR);
    const open = (await all('MSFT_NetTCPConnection', STANDARD)).filter((one) => one.get('State') === 2);
    if (!isFurnished()) return expect(open).toEqual([]);
    expect(new Set(open.map((one) => one.get('LocalPort')))).toEqual(
      new Set(listeners.map((one) => one.get('LocalPort'))),
    );
    for (const one of listeners) expect(text(services.get(text(one, 'Service')), 'State')).toBe('Running');
  });

  it('has one power plan that is active, settings of remote sessions under its name, and a registry with that', async () => {
    const plans = await all('Win32_PowerPlan', 'root/cimv2/power');
    expect(plans.filter((one) => one.get('IsActive') === true)).toHaveLength(1);
    const [system] = await all('Win32_ComputerSystem');
    const [remote] = await all('Win32_TerminalServiceSetting', 'root/cimv2/TerminalServices');
    expect(text(remote, 'ServerName')).toBe(text(system, 'Name'));
    expect(await all('Win32_DeviceGuard', 'root/Microsoft/Windows/DeviceGuard')).toHaveLength(1);
    const names = (await all('CIMULATOR_RegistryValue', CIMULATOR)).filter((one) => one.get('Name') === 'ComputerName');
    expect(new Set(names.map((one) => text(one, 'Text')))).toEqual(new Set([text(system, 'Name')]));
  });

  it('has the iSCSI target of its service, on its own addresses', async () => {
    const [general] = await all('WT_General', 'root/wmi');
    expect(general !== undefined).toBe(isFurnished());
    const own = (await all('Win32_NetworkAdapterConfiguration')).flatMap((one) => one.get('IPAddress') ?? []);
    if (computer().lab !== 'two-servers')
      for (const one of await all('WT_Portal', 'root/wmi')) expect(own).toContain(one.get('Address'));
  });
});
