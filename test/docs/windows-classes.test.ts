import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What scripts ask for most, by the names that the issue of these classes gives, `Win32_` left out. */
const ASKED_FOR = [
  ...[
    'OperatingSystem',
    'ComputerSystem',
    'Service',
    'Process',
    'LogicalDisk',
    'NetworkAdapter',
    'NetworkAdapterConfiguration',
  ],
  ...[
    'NetworkAdapterSetting',
    'Processor',
    'Volume',
    'DiskDrive',
    'DiskPartition',
    'BIOS',
    'BaseBoard',
    'SystemEnclosure',
  ],
  ...[
    'ComputerSystemProduct',
    'PhysicalMemory',
    'UserAccount',
    'Group',
    'GroupUser',
    'SystemAccount',
    'PageFileSetting',
  ],
  ...['PageFileUsage', 'TimeZone', 'Environment', 'Share', 'Directory', 'CDROMDrive', 'PnPEntity', 'SystemDriver'],
  ...['QuickFixEngineering', 'NTEventlogFile', 'NTLogEvent', 'StartupCommand', 'Product', 'VideoController', 'Battery'],
  ...[
    'UserProfile',
    'LogonSession',
    'LoggedOnUser',
    'MappedLogicalDisk',
    'ShadowCopy',
    'ShadowStorage',
    'DependentService',
  ],
].map((name) => `Win32_${name}`);

const OTHERS = [
  ...['CIM_DataFile', 'StdRegProv', 'SoftwareLicensingProduct', 'SoftwareLicensingService', 'AntiVirusProduct'],
  ...['MSFT_NetAdapter', 'MSFT_NetIPAddress', 'MSFT_NetIPInterface', 'MSFT_NetRoute', 'MSFT_NetTCPConnection'],
  ...[
    'MSFT_DNSClientServerAddress',
    'MSFT_Disk',
    'MSFT_Partition',
    'MSFT_Volume',
    'MSFT_PhysicalDisk',
    'MSFT_StoragePool',
  ],
  ...['MSFT_VirtualDisk', 'MSFT_iSCSITarget', 'MSFT_iSCSITargetPortal', 'MSFT_iSCSISession', 'MSFT_iSCSIConnection'],
  ...['__SystemClass', '__SystemSecurity', '__NAMESPACE'],
];

const rows = () =>
  (readFileSync(`${root}docs/windows-classes.md`, 'utf8').match(/^\| \[.*$/gm) ?? []).map((row) =>
    row
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.trim().replaceAll('\\_', '_')),
  );

describe('docs/windows-classes.md', () => {
  it('is what the facts, the MOF and the build give (node scripts/write-windows-classes.mjs)', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/write-windows-classes.mjs', '--check'], {
      cwd: root,
    });
    expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' });
  });

  it('has no class that lacks something of its facts, or says nothing of its instances', () => {
    expect(rows().length).toBeGreaterThan(474);
    expect(rows().filter(([, , , , , missing]) => missing !== 'none')).toEqual([]);
    expect(rows().filter(([, , , , , , instances]) => !/^(\d+|– \(.+\))$/.test(instances ?? ''))).toEqual([]);
  });

  it('has a row for each class that is asked for', () => {
    const names = new Set(rows().map(([name = '']) => /^\[(\w+)\]/.exec(name)?.[1]));
    expect([...ASKED_FOR, ...OTHERS].filter((name) => !names.has(name))).toEqual([]);
  });
});
