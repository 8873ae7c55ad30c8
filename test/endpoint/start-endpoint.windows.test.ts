import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Endpoint } from '../../src/endpoint/endpoint.js';
import type { EndpointOptions } from '../../src/endpoint/options/endpoint-options.js';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';

const open: Endpoint[] = [];

async function start(options: EndpointOptions = {}): Promise<Endpoint> {
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const endpoint = await startEndpoint({ port: 0, logger, ...options });
  open.push(endpoint);
  return endpoint;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function instancesOf({ broker }: Endpoint, namespace: string, className: string) {
  const cursor = await broker.openInstances(namespace, className, { subclasses: true });
  return cursor.classNames.length === 0 ? [] : (await broker.pullInstances(cursor, 1000)).instances;
}

async function walk(endpoint: Endpoint, namespace: string): Promise<string[]> {
  const found = await instancesOf(endpoint, namespace, '__NAMESPACE');
  const names = found.map((one) => `${namespace}/${one.get('Name')}`);
  return [...names, ...(await Promise.all(names.map((name) => walk(endpoint, name)))).flat()];
}

const count = async (endpoint: Endpoint) => JSON.parse((await endpoint.snapshot()).state).instances.length as number;

describe('an endpoint has the namespaces of Windows', () => {
  it('which a walk from root finds', async () => {
    const found = await walk(await start(), 'root');
    expect(found.map((name) => name.toLowerCase()).sort()).toEqual(
      [
        ...['cimv2', 'cimv2/power', 'cimv2/security', 'cimv2/security/microsofttpm'],
        ...['cimv2/security/microsoftvolumeencryption', 'cimv2/storage', 'cimv2/storage/iscsitarget'],
        ...['cimv2/terminalservices', 'default', 'interop', 'microsoft', 'microsoft/windows'],
        ...['microsoft/windows/deviceguard', 'microsoft/windows/smb', 'microsoft/windows/storage'],
        ...['microsoft/windows/taskscheduler', 'securitycenter2', 'standardcimv2', 'subscription', 'wmi'],
      ].map((name) => `root/${name}`),
    );
  });

  it('and the lab puts its instances into one when it is first used', async () => {
    const endpoint = await start();
    const before = await count(endpoint);
    const [system] = await instancesOf(endpoint, 'root/cimv2', 'CIM_ComputerSystem');
    expect(system?.get('Name')).toBe('SRV01');
    expect(await count(endpoint)).toBeGreaterThan(before);
    const os = await endpoint.cim.get('root/cimv2:Win32_OperatingSystem=@');
    expect(os.get('CSName')).toBe('SRV01');
  });

  it('and a registry, the same one from both namespaces that have its class', async () => {
    const endpoint = await start();
    const sSubKeyName = 'SOFTWARE\\Lab\\Agents\\alpha';
    const read = async (namespace: string, sValueName: string) =>
      (await endpoint.cim.invoke(`${namespace}:StdRegProv`, 'GetStringValue', { sSubKeyName, sValueName })).outputs.get(
        'sValue',
      );
    expect(await read('root/default', 'Version')).toBe('1.4');
    const written = { sSubKeyName, sValueName: 'Seen', sValue: 'by both' };
    await endpoint.cim.invoke('root/cimv2:StdRegProv', 'SetStringValue', written);
    expect(await read('root/default', 'Seen')).toBe('by both');
    await endpoint.reset();
    expect(await read('root/default', 'Seen')).toBeNull();
  });

  it('and reset and restore take them back with everything else', async () => {
    const endpoint = await start();
    const atStart = await endpoint.snapshot();
    await endpoint.cim.change('root/cimv2:Win32_ComputerSystem.Name="SRV01"', { Model: 'Another' });
    const changed = JSON.parse(JSON.stringify(await endpoint.snapshot()));
    const model = async () => (await endpoint.cim.get('root/cimv2:Win32_ComputerSystem.Name="SRV01"')).get('Model');
    await endpoint.reset();
    expect(await model()).toBe('Virtual Server');
    await endpoint.restore(changed);
    expect(await model()).toBe('Another');
    await endpoint.restore(JSON.parse(JSON.stringify(atStart)));
    expect(await count(endpoint)).toBe(JSON.parse(atStart.state).instances.length);
    expect(await model()).toBe('Virtual Server');
  });

  it('unless the schema is somebody else’s alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cimulator-own-schema-'));
    const schemaDir = join(folder, 'own.mof');
    await writeFile(schemaDir, 'class LAB_Own { [Key] string Id; };');
    const endpoint = await start({ lab: 'none', schemaDir });
    await rm(folder, { recursive: true });
    await expect(endpoint.broker.getClass('root/cimv2', 'Win32_Service')).rejects.toThrow('There is no class');
    expect(await walk(endpoint, 'root')).toEqual([
      'root/cimv2',
      'root/cimv2/storage',
      'root/cimv2/storage/iScsiTarget',
    ]);
  });
});

describe('MOF of somebody in a namespace of Windows', () => {
  const mofOf = (text: string) => ({ mof: `#pragma namespace("root/cimv2")\n${text}`, name: 'own.mof' });

  it('adds classes to those that are there, and instances of them', async () => {
    const own = mofOf(
      'class ACME_Service : Win32_Service { string Owner; };\n' +
        'instance of ACME_Service { Name = "acme"; Owner = "me"; StartMode = "Auto"; };\n' +
        'instance of Win32_ComputerSystem { Name = "MINE"; Model = "Own"; };',
    );
    const endpoint = await start({ lab: own });
    const names = async (className: string) =>
      (await instancesOf(endpoint, 'root/cimv2', className)).map((one) => one.get('Name'));
    expect(await names('CIM_Service')).toEqual(['acme']);
    expect(await names('Win32_ComputerSystem')).toEqual(['MINE']);
    const found = await endpoint.broker.getClass('root/cimv2', 'ACME_Service');
    expect(found.superclass?.superclass?.name).toBe('Win32_BaseService');
  });

  it('has its own instances beside those of the lab, and its own count', async () => {
    const own = mofOf('instance of Win32_ComputerSystem { Name = "SRV01"; Model = "Own"; };');
    const endpoint = await start({ lab: ['two-servers', own] });
    const systems = await instancesOf(endpoint, 'root/cimv2', 'Win32_ComputerSystem');
    expect(systems.map((one) => one.get('Model'))).toEqual(['Own']);
    expect(await instancesOf(endpoint, 'root/cimv2', 'Win32_OperatingSystem')).toHaveLength(1);
  });

  it('takes the place of a class of Windows by one of the same name, and the others build on it', async () => {
    const own = mofOf('[Abstract] class CIM_ManagedSystemElement { string Name; string Nickname; };');
    const endpoint = await start({ lab: own });
    const service = await endpoint.broker.getClass('root/cimv2', 'Win32_Service');
    expect(service.properties.has('Nickname')).toBe(true);
    expect(service.properties.has('InstallDate')).toBe(false);
    const untouched = await start();
    expect((await untouched.broker.getClass('root/cimv2', 'Win32_Service')).properties.has('Nickname')).toBe(false);
  });

  it('leaves out, with a warning, what cannot build on such a class', async () => {
    const warnings: string[] = [];
    const logger = {
      debug() {},
      info() {},
      error() {},
      warn: (_: object, message: string) => void warnings.push(message),
    };
    const own = mofOf('[Abstract] class Win32_BaseService : CIM_Service { uint32 Change(sint8 Sign); };');
    const endpoint = await start({ lab: own, logger });
    expect(warnings).toEqual([
      'Win32_Service, Win32_SystemDriver cannot build on this Win32_BaseService, and are left out',
    ]);
    await expect(endpoint.broker.getClass('root/cimv2', 'Win32_Service')).rejects.toThrow('There is no class');
    expect((await endpoint.broker.getClass('root/cimv2', 'Win32_Process')).name).toBe('Win32_Process');
  });

  it('may name a class of Windows that there is not, and is told so', async () => {
    const own = mofOf('class ACME_Service : Win32_Servise { };');
    await expect(start({ lab: own })).rejects.toThrow(
      'own.mof:2:22: superclass Win32_Servise of ACME_Service does not exist',
    );
  });
});
