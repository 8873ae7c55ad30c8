import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import type { ClientOptions } from '../../src/client/client-options.js';
import { createClient } from '../../src/client/create-client.js';
import type { WsmanClient } from '../../src/client/wsman-client.js';
import { type RunningCli, startCli } from '../cli/run-cli.js';

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** What the rows of the checklist (README.md) need of the endpoint, asked without PowerShell. */
describe('root/cimv2 of the PowerShell tests', () => {
  const clients: WsmanClient[] = [];
  let server: RunningCli | undefined;
  let url: string;
  beforeAll(async () => {
    const model = ['--schema', 'built-in', '--schema', file('cimv2.mof'), '--provider', file('providers.mjs')];
    const flags = ['--port', '0', '--https-port', 'off', '--data-dir', 'none', '--ready-json', '--user', 'lab'];
    server = startCli(['serve', ...flags, ...model, '--password-stdin'], {}, 'secret');
    url = JSON.parse(await server.firstLine()).http;
  });
  afterAll(async () => {
    await Promise.all(clients.map((one) => one.close()));
    server?.process.kill('SIGTERM');
    await server?.result;
  });
  function client(options: Partial<ClientOptions> = {}): WsmanClient {
    const given = { url, user: 'lab', password: 'secret', auth: 'basic', namespace: 'root/cimv2' } as const;
    const one = createClient({ ...given, ...options });
    clients.push(one);
    return one;
  }

  async function query(wql: string, ...properties: string[]) {
    const found: unknown[][] = [];
    for await (const one of client().query(wql)) found.push(properties.map((name) => one.get(name)));
    return found;
  }

  async function lineage(className: string) {
    const names: string[] = [];
    for (let name: string | undefined = className; name !== undefined; ) {
      const found = await client().getClass(name);
      names.push(found.name);
      name = found.superclass;
    }
    return names;
  }

  async function invoke(className: string, keys: Record<string, string | number>, method: string, input = {}) {
    const path = new InstancePath({ namespace: 'root/cimv2', className, keys });
    const { returnValue, outputs } = await client().invoke(path, method, input);
    const result: Record<string, unknown> = { returnValue, ...Object.fromEntries(outputs) };
    return result;
  }

  it.each([
    ['Win32_Process', ['CIM_Process', 'CIM_LogicalElement', 'CIM_ManagedSystemElement']],
    [
      'Win32_ComputerSystem',
      [
        'CIM_UnitaryComputerSystem',
        'CIM_ComputerSystem',
        'CIM_System',
        'CIM_LogicalElement',
        'CIM_ManagedSystemElement',
      ],
    ],
    [
      'Win32_LogicalDisk',
      ['CIM_LogicalDisk', 'CIM_StorageExtent', 'CIM_LogicalDevice', 'CIM_LogicalElement', 'CIM_ManagedSystemElement'],
    ],
  ])('has the whole chain of %s', async (className, chain) => {
    expect(await lineage(className)).toEqual([className, ...chain]);
  });

  it('finds the computer by its superclass, and the one operating system', async () => {
    const found: unknown[] = [];
    for await (const one of client().enumerate('CIM_ComputerSystem')) found.push([one.className, one.get('Domain')]);
    expect(found).toEqual([['Win32_ComputerSystem', 'lab.example']]);
    expect(await query('SELECT * FROM Win32_OperatingSystem', 'Caption', 'FreePhysicalMemory')).toEqual([
      ['Microsoft Windows Server 2022 Standard', 8388096n],
    ]);
  });

  it('has a class with the method Reboot, and seven kinds of drives', async () => {
    expect([...(await client().getClass('Win32_OperatingSystem')).methods.keys()]).toContain('Reboot');
    const { properties } = await client().getClass('Win32_LogicalDisk');
    expect(properties.get('DriveType')?.qualifiers.get('Values')).toHaveLength(7);
  });

  it('starts, stops and changes services', async () => {
    const spooler = (method: string, input = {}) =>
      invoke('Win32_Service', { Name: 'Spooler' }, method, input).then(({ returnValue }) => returnValue);
    const state = () => query("SELECT * FROM Win32_Service WHERE Name = 'Spooler'", 'State', 'ProcessId', 'StartMode');
    expect([await spooler('StopService'), await state()]).toEqual([0, [['Stopped', 0, 'Auto']]]);
    expect([await spooler('StopService'), await spooler('StartService'), await spooler('StartService')]).toEqual([
      6, 0, 10,
    ]);
    expect(await spooler('ChangeStartMode', { StartMode: 'Never' })).toBe(21);
    expect([await spooler('Change', { StartMode: 'Manual' }), await state()]).toEqual([
      0,
      [['Running', 1480, 'Manual']],
    ]);
  });

  it('lets services be removed, with what ties them to the computer', async () => {
    const path = new InstancePath({ namespace: 'root/cimv2', className: 'Win32_Service', keys: { Name: 'W32Time' } });
    await client().delete(path);
    expect(await query("SELECT * FROM Win32_Service WHERE Name = 'W32Time'", 'Name')).toEqual([]);
  });

  it('starts processes by a static method, and ends them', async () => {
    const create = (CommandLine: string) => invoke('Win32_Process', {}, 'Create', { CommandLine });
    const { returnValue, ProcessId } = await create('C:\\Tools\\labtool.exe -wait');
    expect(returnValue).toBe(0);
    const keys = { Handle: String(ProcessId) };
    expect(await query(`SELECT * FROM Win32_Process WHERE ProcessId = ${ProcessId}`, 'Name')).toEqual([
      ['labtool.exe'],
    ]);
    expect(await invoke('Win32_Process', keys, 'GetOwner')).toEqual({ returnValue: 0, User: 'svc-lab', Domain: 'LAB' });
    expect(await invoke('Win32_Process', keys, 'Terminate', { Reason: 0 })).toEqual({ returnValue: 0 });
    expect(await query(`SELECT * FROM Win32_Process WHERE ProcessId = ${ProcessId}`, 'Name')).toEqual([]);
    expect((await create('C:\\Tools\\labtool.exe')).ProcessId).toBeGreaterThan(Number(ProcessId));
    expect([(await create('C:\\no\\such.exe')).returnValue, (await create(' ')).returnValue]).toEqual([9, 21]);
  });

  it('leads from processes to the computer, and from adapters to their configurations', async () => {
    const from = async (className: string, keys: Record<string, string>, resultClass: string) => {
      const found: unknown[] = [];
      const path = new InstancePath({ namespace: 'root/cimv2', className, keys });
      for await (const one of client().associators(path, { resultClass })) found.push(one.get('Caption'));
      return found;
    };
    expect(await from('Win32_Process', { Handle: '612' }, 'Win32_ComputerSystem')).toEqual(['SRV01']);
    const configuration = await from('Win32_NetworkAdapter', { DeviceID: '2' }, 'Win32_NetworkAdapterConfiguration');
    expect(configuration).toEqual(['[00000002] Contoso Storage Adapter']);
    const set = (Index: number, TcpipNetbiosOptions: number) =>
      invoke('Win32_NetworkAdapterConfiguration', { Index }, 'SetTcpipNetbios', { TcpipNetbiosOptions });
    expect([await set(1, 0), await set(2, 0), await set(2, 2), await set(3, 1)]).toEqual(
      [0, 100, 0, 84].map((returnValue) => ({ returnValue })),
    );
  });

  it('keeps environment variables, and changes of what may be written only', async () => {
    const at = await client().create('Win32_Environment', { Name: 'LAB', UserName: '<SYSTEM>', VariableValue: '1' });
    expect((await client().put(at, { VariableValue: '2' })).get('VariableValue')).toBe('2');
    await client().delete(at);
    const system = new InstancePath({
      namespace: 'root/cimv2',
      className: 'Win32_ComputerSystem',
      keys: { Name: 'SRV01' },
    });
    expect((await client().put(system, { AutomaticManagedPagefile: false })).get('AutomaticManagedPagefile')).toBe(
      false,
    );
    await expect(client().put(system, { Model: 'Other' })).rejects.toThrow(/Model/);
  });

  it.each(['root/cimv2', 'root/default'])('has a registry in %s, one for both', async (namespace) => {
    const registry = async (method: string, input: Record<string, unknown>) => {
      const target = new InstancePath({ namespace, className: 'StdRegProv' });
      const { returnValue, outputs } = await client({ namespace }).invoke(
        target,
        method,
        input as Record<string, string>,
      );
      return [returnValue, ...outputs.values()];
    };
    const sSubKeyName = 'SOFTWARE\\Lab\\Agents';
    expect(await registry('EnumKey', { hDefKey: 2147483650, sSubKeyName })).toEqual([0, ['alpha', 'beta', 'gamma']]);
    const alpha = `${sSubKeyName}\\alpha`;
    expect(await registry('GetStringValue', { sSubKeyName: alpha, sValueName: 'version' })).toEqual([0, '1.4']);
    expect(await registry('GetStringValue', { sSubKeyName: alpha, sValueName: 'none' })).toEqual([1, null]);
    expect(await registry('EnumKey', { sSubKeyName: 'SOFTWARE\\None' })).toEqual([2, null]);
    const made = `SOFTWARE\\Made\\${namespace.slice(5)}`;
    expect(await registry('CreateKey', { sSubKeyName: made })).toEqual([0]);
    expect(await registry('SetDWORDValue', { sSubKeyName: made, sValueName: 'Count', uValue: 7 })).toEqual([0]);
    expect(await registry('GetDWORDValue', { sSubKeyName: made, sValueName: 'Count' })).toEqual([0, 7]);
    expect(await registry('EnumValues', { sSubKeyName: made })).toEqual([0, ['Count'], [4]]);
    expect(await registry('DeleteValue', { sSubKeyName: made, sValueName: 'Count' })).toEqual([0]);
    expect(await registry('DeleteKey', { sSubKeyName: made })).toEqual([0]);
    expect(await registry('EnumKey', { sSubKeyName: made })).toEqual([2, null]);
  });

  it('is found by a walk from root, beside the namespaces of the iSCSI target', async () => {
    const below = async (namespace: string) => {
      const names: unknown[] = [];
      for await (const one of client({ namespace }).enumerate('__NAMESPACE')) names.push(one.get('Name'));
      return names.sort();
    };
    const inRoot = [
      'Microsoft',
      'SecurityCenter2',
      'StandardCimv2',
      'cimv2',
      'default',
      'interop',
      'subscription',
      'wmi',
    ];
    expect(await below('root')).toEqual(inRoot);
    expect(await below('root/cimv2')).toEqual(['Security', 'TerminalServices', 'power', 'storage']);
    expect(await below('root/Microsoft')).toEqual(['Windows']);
  });
});
