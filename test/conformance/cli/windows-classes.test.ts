import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';
import { runCli } from '../../cli/run-cli.js';

const [USER, PASSWORD] = ['ci', 'secret'];
let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startEndpoint({
    port: 0,
    users: [{ name: USER, password: PASSWORD }],
    hosts: [{ name: 'srv01.lab.example' }, { name: 'srv02.lab.example' }],
  });
});

afterAll(() => endpoint.close());

/** What the program prints, called for one of the computers with root/cimv2. */
async function cli(host: 'srv01' | 'srv02', ...args: readonly string[]) {
  const url = endpoint.hosts.get(host)?.http?.url ?? '';
  const account = { CIMULATOR_URL: url, CIMULATOR_USER: USER, CIMULATOR_PASSWORD: PASSWORD };
  return runCli([...args, '--namespace', 'root/cimv2'], account);
}

async function printed(...call: Parameters<typeof cli>): Promise<string> {
  const { code, stdout, stderr } = await cli(...call);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

const lines = (text: string) => text.split('\n').map((line) => line.trim());

describe("the program on Windows' classes of two computers", () => {
  it('gets objects by their keys, in any form of a path', async () => {
    const spooler = ['--properties', 'Name,State,ProcessId'];
    const forms = await Promise.all([
      printed('srv01', 'get', 'Win32_Service.Name="Spooler"', ...spooler),
      printed('srv01', 'get', 'Win32_Service', '--key', 'Name=spooler', ...spooler),
      printed('srv02', 'get', 'root/cimv2:Win32_Service="Spooler"', ...spooler),
    ]);
    for (const text of forms)
      expect(lines(text)).toEqual(
        expect.arrayContaining(['Name       Spooler', 'ProcessId  1480', 'State      Running']),
      );
    const [here, there, only] = await Promise.all([
      printed('srv01', 'enumerate', 'Win32_BIOS', '--json'),
      printed('srv02', 'get', 'Win32_OperatingSystem=@', '--json'),
      printed('srv01', 'get', 'CIM_DataFile.Name="C:\\\\Tools\\\\labtool.exe"', '--properties', 'Drive,Extension'),
    ]);
    expect(here).toContain('CTS-0001');
    expect(JSON.parse(there)).toMatchObject({
      properties: { CSName: { value: 'SRV02' }, BuildNumber: { value: '20348' } },
    });
    expect(lines(only)).toEqual(expect.arrayContaining(['Drive      c:', 'Extension  exe']));
  });

  it('enumerates classes, and what queries find', async () => {
    const [table, query, paths, other] = await Promise.all([
      printed('srv01', 'enumerate', 'Win32_LogicalDisk', '--properties', 'DeviceID,DriveType,FreeSpace'),
      printed(
        'srv01',
        'enumerate',
        '--wql',
        "SELECT Name FROM Win32_Service WHERE Name LIKE 'WinR%' AND Started = TRUE",
      ),
      printed('srv01', 'enumerate', 'CIM_LogicalDisk', '--epr'),
      printed(
        'srv02',
        'enumerate',
        'Win32_Volume',
        '--filter',
        'DriveLetter=C:',
        '--properties',
        'DriveLetter,FreeSpace',
      ),
    ]);
    expect(lines(table)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^C: +3 +32212254720$/),
        expect.stringMatching(/^D: +3 +10737418240$/),
        expect.stringMatching(/^E: +5/),
      ]),
    );
    expect(query).toContain('WinRM');
    expect(lines(paths).filter((line) => line.includes('Win32_LogicalDisk.DeviceID='))).toHaveLength(3);
    expect(lines(other)).toContainEqual(expect.stringMatching(/^C: +53687091200$/));
  });

  it('calls methods of objects and of classes, whose work shows', async () => {
    const stopped = await printed('srv01', 'invoke', 'StopService', '--on', 'Win32_Service.Name="Spooler"');
    expect(stopped).toBe('ReturnValue  0 (Success)\n');
    const state = (host: 'srv01' | 'srv02') =>
      printed(host, 'get', 'Win32_Service.Name="Spooler"', '--properties', 'State');
    const [here, there, again, made] = await Promise.all([
      state('srv01'),
      state('srv02'),
      cli('srv02', 'invoke', 'StartService', '--on', 'Win32_Service', '--key', 'Name=Spooler'),
      printed(
        'srv02',
        'invoke',
        'Create',
        '--on',
        'Win32_Process',
        '--arg',
        'CommandLine=C:\\Tools\\labtool.exe',
        '--json',
      ),
    ]);
    expect([here.includes('Stopped'), there.includes('Running')]).toEqual([true, true]);
    // Another value than 0 is a result, which the program's own code tells, too.
    expect([again.code, again.stdout]).toEqual([
      3,
      'ReturnValue  10 (Service already running)\nReason       Spooler is Running\n',
    ]);
    const { returnValue, outputs } = JSON.parse(made);
    expect([returnValue.value, outputs.ProcessId.type]).toEqual([0, 'uint32']);
    const registry = ['--arg', 'sSubKeyName=SOFTWARE\\Lab\\Agents', '--json'];
    const keys = JSON.parse(await printed('srv01', 'invoke', 'EnumKey', '--on', 'StdRegProv', ...registry));
    expect(keys.outputs.sNames.value).toEqual(['alpha', 'beta', 'gamma']);
    const process = `Win32_Process.Handle="${outputs.ProcessId.value}"`;
    await expect(printed('srv02', 'get', process, '--properties', 'Name')).resolves.toContain('labtool.exe');
    const arrays = ['DNSServerSearchOrder=192.0.2.53', 'DNSServerSearchOrder=192.0.2.54'].flatMap((one) => [
      '--arg',
      one,
    ]);
    const adapter = ['--on', 'Win32_NetworkAdapterConfiguration.Index=2'];
    expect(await printed('srv01', 'invoke', 'SetDNSServerSearchOrder', ...adapter, ...arrays)).toMatch(
      /^ReturnValue +0/,
    );
  });

  it('follows associations', async () => {
    const [disks, references] = await Promise.all([
      printed('srv01', 'associators', 'Win32_DiskPartition.DeviceID="Disk #1, Partition #0"', '--epr'),
      printed('srv01', 'references', 'Win32_LogicalDisk.DeviceID="C:"', '--epr'),
    ]);
    expect(disks).toContain('Win32_LogicalDisk.DeviceID="D:"');
    expect(disks).toContain('Win32_DiskDrive.DeviceID="\\\\\\\\.\\\\PHYSICALDRIVE1"');
    expect(references).toContain('Win32_LogicalDiskToPartition');
  });

  it('shows classes, with what does its work, and lists them', async () => {
    const [declared, listed, mof] = await Promise.all([
      printed('srv02', 'class', 'Win32_Processor'),
      printed('srv01', 'classes', 'CIM_LogicalDisk'),
      printed('srv01', 'class', 'StdRegProv', '--json'),
    ]);
    expect(declared).toMatch(/^uint32 Reset\(\) {2}-- not available here$/m);
    expect(listed).toMatch(/^Win32_LogicalDisk +CIM_LogicalDisk +40 +5$/m);
    expect(JSON.parse(mof)).toMatchObject({ name: 'StdRegProv' });
  });

  it.each([
    [['get', 'Win32_Service.Name="None"'], /NotFound|0x80041002/],
    [['get', 'Win32_None.Name="a"'], /Win32_None/],
    [['enumerate', '--wql', 'SELECT * FROM Win32_Process WHERE None = 1'], /None/],
    [['invoke', 'IsCompatible', '--on', 'Win32_BaseBoard.Tag="Base Board"'], /0x80041055|not implemented/],
    [['delete', 'Win32_BIOS'], /./],
  ])('ends with an error, %j', async (args, why) => {
    const { code, stdout, stderr } = await cli('srv01', ...args);
    expect([code === 0, stdout]).toEqual([false, '']);
    expect(stderr).toMatch(why);
  });
});
