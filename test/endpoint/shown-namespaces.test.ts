import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { HostEndpoint } from '../../src/endpoint/hosts/hosts.js';
import type { EndpointOptions } from '../../src/endpoint/options/endpoint-options.js';
import { createClient, type Endpoint, InstancePath, startEndpoint, type WsmanClient } from '../../src/index.js';
import { sharedPostgres } from '../store/postgres/shared-postgres.js';

const postgres = await sharedPostgres();
const STANDARD = 'root/StandardCimv2';
const STORAGE = 'root/Microsoft/Windows/Storage';
const SMB = 'root/Microsoft/Windows/Smb';
const CONFIGURATION = 'root/cimv2:Win32_NetworkAdapterConfiguration.Index=1';
const users = [{ name: 'lab', password: 'secret' }];

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function start(options: EndpointOptions): Promise<Endpoint> {
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const endpoint = await startEndpoint({ users, logger, ...options });
  open.push(() => endpoint.close());
  return endpoint;
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shown-'));
  open.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function clientOf({ http }: Pick<Endpoint, 'http'>): WsmanClient {
  const client = createClient({ url: http?.url ?? '', user: 'lab', password: 'secret' });
  open.push(() => client.close());
  return client;
}

/** What a client is shown of a class, by one property. */
async function shown(client: WsmanClient, className: string, namespace: string, property: string) {
  const found: unknown[] = [];
  for await (const one of client.enumerate(className, { namespace })) found.push(one.get(property));
  return found;
}

const addresses = (client: WsmanClient) => shown(client, 'MSFT_NetIPAddress', STANDARD, 'IPAddress');
const shares = (client: WsmanClient) => shown(client, 'MSFT_SmbShare', SMB, 'Name');

const share = (name: string, host = '') => ({
  mof: `#pragma namespace("${host === '' ? '' : `\\\\\\\\${host}\\\\`}root\\\\cimv2")
    instance of Win32_Share { Name = "${name}"; Path = "C:\\\\Tools"; Type = 0; AllowMaximum = true; Description = "x"; };`,
});

const STATES: readonly (readonly [string, () => Promise<EndpointOptions>])[] = [
  ['memory', async () => ({})],
  ['LMDB', async () => ({ state: await newFolder() })],
  ...(postgres
    ? [['PostgreSQL', async () => ({ state: postgres.url(), allowReset: true, dataDir: await newFolder() })] as const]
    : []),
];

const drive = (number: number) => ({
  mof: `#pragma namespace("root\\\\cimv2")
    instance of Win32_DiskDrive { DeviceID = "\\\\\\\\.\\\\PHYSICALDRIVE${number}"; Index = ${number}; SystemName = "SRV02"; Size = 64000000000;
      Model = "Seeded"; SerialNumber = "SEED${number}"; };`,
});

describe.each(STATES)('what shows root/cimv2, over %s', (_name, options) => {
  it('shows drives that were seeded before disks were asked for, and after that', async () => {
    const endpoint = await start(await options());
    const srv02 = endpoint.hosts.get('srv02');
    await srv02.seed([drive(7)]);
    const disks = (host: HostEndpoint) => host.cim.find('SELECT * FROM MSFT_Disk', STORAGE);
    const numbers = async (host: HostEndpoint) => (await disks(host)).map((one) => one.get('Number'));
    expect(await numbers(srv02)).toEqual([0, 7]);
    await srv02.seed([drive(8)]);
    expect(await numbers(srv02)).toEqual([0, 7, 8]);
    expect((await disks(srv02)).map((one) => one.get('Size')).at(-1)).toBe(64_000_000_000n);
    await srv02.cim.delete('root/cimv2:Win32_DiskDrive.DeviceID="\\\\\\\\.\\\\PHYSICALDRIVE7"');
    expect(await numbers(srv02)).toEqual([0, 8]);
    expect(await numbers(endpoint.hosts.get('srv01'))).not.toContain(8);
  });

  it('shows seeds and whatever else is written, on the host that it is written on', async () => {
    const endpoint = await start(await options());
    const [srv01, srv02] = ['srv01', 'srv02'].map((name) => endpoint.hosts.get(name));
    if (!srv01 || !srv02) throw new Error('a host is missing');
    const [first, second] = [clientOf(srv01), clientOf(srv02)];
    expect(await shares(first)).toEqual(['ADMIN$', 'C$', 'IPC$', 'D$', 'Data']);
    await endpoint.seed([share('Seeded'), share('There', 'srv02')]);
    await srv02.seed([share('Too')]);
    expect(await shares(first)).toContain('Seeded');
    expect(await shares(second)).toEqual(['ADMIN$', 'C$', 'IPC$', 'There', 'Too']);

    await srv02.cim.delete('root/cimv2:Win32_Share.Name="There"');
    const seeded = await srv02.cim.get('root/cimv2:Win32_Share.Name="Too"');
    const path = new InstancePath({ namespace: 'root/cimv2', className: 'Win32_Share', keys: { Name: 'Made' } });
    await srv02.cim.put(seeded.with({ Name: 'Made', Description: 'y' }).at(path));
    expect(await shares(second)).toEqual(['ADMIN$', 'C$', 'IPC$', 'Too', 'Made']);
    await srv02.cim.put(seeded.with({ Description: 'z' }));
    expect(await shown(second, 'MSFT_SmbShare', SMB, 'Description')).toContain('z');
    expect(await shares(first)).not.toContain('Made');
  });

  it('shows addresses that a configuration is given, before and after somebody has looked', async () => {
    const endpoint = await start(await options());
    const srv02 = endpoint.hosts.get('srv02');
    const client = clientOf(srv02);
    const give = (address: string) =>
      srv02.cim.change(CONFIGURATION, { IPAddress: [address], IPSubnet: ['255.255.255.0'] });
    await give('192.0.2.77');
    expect(await addresses(client)).toEqual(['127.0.0.1', '::1', '192.0.2.77']);
    await give('192.0.2.78');
    expect(await addresses(client)).toEqual(['127.0.0.1', '::1', '192.0.2.78']);
    const table = await shown(client, 'Win32_IP4RouteTable', 'root/cimv2', 'Destination');
    expect(table).toContain('192.0.2.78');
    expect(table).not.toContain('192.0.2.77');
    await endpoint.reset();
    expect(await addresses(client)).toContain('192.0.2.12');
  });
});

it('is the same from two endpoints with one database in a folder, one after the other', async () => {
  const state = await newFolder();
  const before = await start({ state });
  await before.seed([share('Kept')]);
  await open.pop()?.();
  const after = await start({ state });
  expect(await shares(clientOf(after))).toContain('Kept');
});

describe("a lab of somebody's own", () => {
  const adapter = {
    mof: `#pragma namespace("root\\\\cimv2")
      instance of Win32_NetworkAdapter { DeviceID = "7"; InterfaceIndex = 7; NetConnectionID = "Own"; NetConnectionStatus = 2; };
      instance of Win32_NetworkAdapterConfiguration { Index = 7; IPAddress = {"192.0.2.7"}; IPSubnet = {"255.255.255.0"}; };`,
  };

  it('is shown, without hosts as well', async () => {
    const endpoint = await start({ lab: [adapter] });
    const client = clientOf(endpoint);
    expect(await addresses(client)).toEqual(['127.0.0.1', '::1', '192.0.2.7']);
    expect(await shown(client, 'Win32_IP4RouteTable', 'root/cimv2', 'Destination')).toContain('192.0.2.7');
  });

  it('keeps what it says itself of the classes that show', async () => {
    const own = {
      mof: `#pragma namespace("root\\\\Microsoft\\\\Windows\\\\Smb")
        instance of MSFT_SmbShare { Name = "Old"; ScopeName = "*"; Path = "Z:\\\\"; };`,
    };
    const endpoint = await start({ lab: [adapter, own, share('New')] });
    expect(await shares(clientOf(endpoint))).toEqual(['Old', 'New']);
  });

  it('that says nothing of what is shown has nothing there', async () => {
    const endpoint = await start({ lab: 'none' });
    expect(await addresses(clientOf(endpoint))).toEqual([]);
    expect(JSON.parse((await endpoint.snapshot()).state).instances.every(isOfNamespace)).toBe(true);
  });
});

/** What a namespace comes with. */
function isOfNamespace(one: { class: string }): boolean {
  return one.class === '__NAMESPACE' || one.class === '__SystemSecurity';
}
