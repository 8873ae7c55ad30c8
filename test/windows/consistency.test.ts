import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CimInstance } from '../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { sameName } from '../../src/cim/model/name-map.js';
import type { Endpoint } from '../../src/endpoint/endpoint.js';
import type { HostEndpoint } from '../../src/endpoint/hosts/hosts.js';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';
import { CIMULATOR, CIMV2, ISCSI_TARGET, STORAGE, TASK_SCHEDULER } from '../../src/windows/namespaces.js';
import { STANDARD } from '../../src/windows/network/standard/rows.js';
import { SMB_SHARE } from '../../src/windows/smb/show-shares.js';

const SMB = SMB_SHARE.namespace;

/** Every computer of the built-in labs: what its classes say of one thing agrees, wherever they say it. */
const COMPUTERS = [
  ...['srv01', 'srv02'].map((name) => ({ lab: 'two-servers', name })),
  ...['dc01', 'member01', 'member02'].map((name) => ({ lab: 'domain', name })),
  { lab: 'workstation', name: 'ws01' },
  { lab: 'empty', name: 'host01' },
];

const endpoints = new Map<string, Endpoint>();
let host: HostEndpoint;
let computer: (typeof COMPUTERS)[number];

async function turnTo(next: typeof computer): Promise<void> {
  computer = next;
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const { lab, name } = next;
  const endpoint = endpoints.get(lab) ?? (await startEndpoint({ port: 0, logger, lab }));
  endpoints.set(lab, endpoint);
  host = endpoint.hosts.get(name);
}

afterAll(async () => {
  await Promise.all(Array.from(endpoints.values(), (one) => one.close()));
});

const all = (className: string, namespace = CIMV2) => host.cim.find(`SELECT * FROM ${className}`, namespace);

/** Whether it is more than a name and a system. */
const isFurnished = () => computer.lab !== 'empty';

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
    for (const one of shown) expect(text(one, 'SystemName')).toBe(host.name);
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
    if (computer.lab !== 'two-servers')
      for (const one of await all('WT_Portal', 'root/wmi')) expect(own).toContain(one.get('Address'));
  });

  it('has accounts of its own, or, as a controller, of its domain alone; a member has both', async () => {
    const [system] = await all('Win32_ComputerSystem');
    const isController = Number(system?.get('DomainRole')) >= 4;
    const isMember = system?.get('PartOfDomain') === true && !isController;
    const domain = text(system, 'Domain').split('.')[0]?.toUpperCase() ?? '';
    const [users, groups] = [await all('Win32_UserAccount'), await all('Win32_Group')];
    for (const one of [...users, ...groups]) {
      const isLocal = one.get('LocalAccount') === true;
      expect(text(one, 'Domain'), `${one.path}`).toBe(isLocal ? text(system, 'Name') : domain);
      expect(text(one, 'Caption')).toBe(`${text(one, 'Domain')}\\${text(one, 'Name')}`);
    }
    if (!isFurnished()) return;
    const kinds = (ones: readonly CimInstance[]) => new Set(ones.map((one) => one.get('LocalAccount')));
    const expected = new Set(isController ? [false] : isMember ? [true, false] : [true]);
    expect([kinds(users), kinds(groups)]).toEqual([expected, expected]);
    expect(users.map((one) => text(one, 'Name'))).toContain('Administrator');
  });

  it('has groups of accounts that are there, each with the identifier that it is known by', async () => {
    const accounts = [
      ...(await all('Win32_UserAccount')),
      ...(await all('Win32_Group')),
      ...(await all('Win32_SystemAccount')),
    ];
    const known = new Set(accounts.map((one) => one.path?.canonicalKeys));
    for (const tie of await all('Win32_GroupUser'))
      for (const end of ['GroupComponent', 'PartComponent'])
        expect(known.has((tie.get(end) as InstancePath).canonicalKeys), `${end} of ${tie.path}`).toBe(true);
    const identifiers = new Map((await all('Win32_SID')).map((one) => [text(one, 'SID'), one]));
    for (const one of accounts) {
      const found = identifiers.get(text(one, 'SID'));
      expect(text(found, 'AccountName'), `${one.path}`).toBe(text(one, 'Name'));
      const binary = found?.get('BinaryRepresentation') ?? [];
      expect(found?.get('SidLength')).toBe((binary as number[]).length);
    }
    expect(new Set(accounts.map((one) => text(one, 'SID'))).size).toBe(accounts.length);
  });

  it('has sessions and profiles of accounts that it knows', async () => {
    const accounts = [...(await all('Win32_UserAccount')), ...(await all('Win32_SystemAccount'))];
    const sessions = new Set((await all('Win32_LogonSession')).map((one) => one.path?.canonicalKeys));
    const keys = new Set(accounts.map((one) => one.path?.canonicalKeys));
    for (const one of await all('Win32_LoggedOnUser')) {
      expect(keys.has((one.get('Antecedent') as InstancePath).canonicalKeys), `${one.path}`).toBe(true);
      expect(sessions.has((one.get('Dependent') as InstancePath).canonicalKeys), `${one.path}`).toBe(true);
    }
    const known = new Set(accounts.map((one) => text(one, 'SID')));
    for (const one of await all('Win32_UserProfile')) expect(known.has(text(one, 'SID')), `${one.path}`).toBe(true);
  });
});

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
      return host.cim.find(
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
