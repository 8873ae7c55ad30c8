import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { createClient } from '../../../src/client/create-client.js';
import type { WsmanClient } from '../../../src/client/wsman-client.js';
import { PASSWORD, runEndpoint, USER } from '../../support/running-endpoint.js';

const server = runEndpoint({ port: 0, tellReasons: 'never' });
let client: WsmanClient;

beforeAll(() => {
  client = createClient({ url: server.url, user: USER, password: PASSWORD, namespace: 'root/cimv2' });
});

afterAll(() => client.close());

async function instances(wql: string): Promise<readonly CimInstance[]> {
  const found: CimInstance[] = [];
  for await (const one of client.query(wql)) found.push(one);
  return found;
}

/** The keys of what a query finds, without their names. */
async function found(wql: string): Promise<readonly string[]> {
  return (await instances(wql)).map(({ path }) => [...(path?.keys.values() ?? [])].join(' ')).sort();
}

async function classes(wql: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { name } of client.enumerateClasses({ wql })) names.push(name);
  return names.sort();
}

/** The answer to a query as pywinrm sends it: a WMI URI, no options, no locales. */
async function items(wql: string, uri = 'root/cimv2/*'): Promise<string> {
  const { text } = await server.post(`<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
 xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
 xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration"><s:Header><a:To>${server.url}</a:To>
<w:ResourceURI s:mustUnderstand="true">http://schemas.microsoft.com/wbem/wsman/1/wmi/${uri}</w:ResourceURI>
<a:ReplyTo><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>
<a:Action s:mustUnderstand="true">http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate</a:Action>
<a:MessageID>uuid:00000000-0000-0000-0000-000000000001</a:MessageID></s:Header>
<s:Body><n:Enumerate><w:OptimizeEnumeration/><w:MaxElements>32000</w:MaxElements>
<w:Filter Dialect="http://schemas.microsoft.com/wbem/wsman/1/WQL">${wql.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</w:Filter>
</n:Enumerate></s:Body></s:Envelope>`);
  return text;
}

const HERE = String.raw`\\\\%\\root\\cimv2`;

describe("system properties of Windows' instances", () => {
  it.each([
    [`SELECT * FROM CIM_Service WHERE __CLASS = 'win32_service' AND Name = 'Spooler'`, ['Spooler']],
    [`SELECT * FROM Win32_BaseService WHERE __CLASS <> "Win32_SystemDriver" AND Name = 'spooler'`, ['Spooler']],
    [`SELECT * FROM CIM_Service WHERE __this ISA 'Win32_Service' AND Name LIKE 'Spool%'`, ['Spooler']],
    [`SELECT * FROM CIM_Service WHERE __CLASS ISA 'Win32_SystemDriver' AND Name = 'Spooler'`, []],
    [`SELECT * FROM Win32_Service WHERE __SUPERCLASS = 'Win32_BaseService' AND Name = 'Spooler'`, ['Spooler']],
    [`SELECT * FROM Win32_Service WHERE __DYNASTY = 'CIM_ManagedSystemElement' AND Name = 'Spooler'`, ['Spooler']],
    [`SELECT * FROM Win32_Service WHERE __DERIVATION[1] = 'CIM_Service' AND Name = 'Spooler'`, ['Spooler']],
    [`SELECT * FROM Win32_Service WHERE __GENUS = 2 AND __PROPERTY_COUNT > 20 AND Name = 'Spooler'`, ['Spooler']],
    [String.raw`SELECT * FROM Win32_Service WHERE __NAMESPACE = 'ROOT\\CIMV2' AND Name = 'Spooler'`, ['Spooler']],
    [`SELECT * FROM Win32_Service WHERE __RELPATH = "Win32_Service.Name='Spooler'"`, ['Spooler']],
    [
      String.raw`SELECT * FROM Win32_Service WHERE __PATH = "\\\\.\\root\\cimv2:Win32_Service.Name='Spooler'"`,
      ['Spooler'],
    ],
    [`SELECT * FROM Win32_Service WHERE __PATH LIKE '${HERE}:Win32[_]Service.Name="Spool%'`, ['Spooler']],
    [`SELECT * FROM Win32_OperatingSystem WHERE __RELPATH LIKE 'Win32[_]OperatingSystem=@'`, ['']],
  ])('%s finds %j', async (wql, expected) => {
    expect(await found(wql)).toEqual(expected);
  });

  it('are no properties of what is answered, as no recorded answer of Windows has one', async () => {
    const answer = await items("SELECT __PATH, __CLASS, Name FROM Win32_Service WHERE Name = 'Spooler'");
    const [, fragment] = /<w:XmlFragment[^>]*>(.*?)<\/w:XmlFragment>/s.exec(answer) ?? [];
    expect(fragment).toBe('<Name>Spooler</Name>');
  });
});

describe("conditions on Windows' classes", () => {
  it.each([
    [
      String.raw`SELECT Name FROM CIM_DataFile WHERE Name = 'C:\\Windows\\System32\\spoolsv.exe'`,
      [String.raw`c:\windows\system32\spoolsv.exe`],
    ],
    [
      String.raw`SELECT * FROM CIM_DataFile WHERE Drive = 'c:' AND Path = '\\Tools\\' AND Extension = 'EXE'`,
      [String.raw`c:\tools\labtool.exe`],
    ],
    [String.raw`SELECT * FROM CIM_DataFile WHERE Name LIKE 'c:\\tools\\%.exe'`, [String.raw`c:\tools\labtool.exe`]],
    ["SELECT * FROM Win32_LogicalDisk WHERE DeviceID LIKE '[C-D]:'", ['C:', 'D:']],
    ["SELECT * FROM Win32_LogicalDisk WHERE DeviceID LIKE '[^CD]:'", ['E:']],
    ["SELECT * FROM Win32_LogicalDisk WHERE DeviceID LIKE '_:' AND NOT DeviceID LIKE '[D-Z]:'", ['C:']],
    ['SELECT * FROM Win32_LogicalDisk WHERE Size IS NULL', ['E:']],
    ['SELECT * FROM Win32_LogicalDisk WHERE FreeSpace <> NULL AND DriveType = 3', ['C:', 'D:']],
    ['SELECT * FROM Win32_LogicalDisk WHERE Size != 107374182400', ['D:']],
    ["select DEVICEID from WIN32_LOGICALDISK where SIZE > '107374182400'", ['D:']],
    ['SELECT * FROM Win32_OperatingSystem WHERE LastBootUpTime < LocalDateTime', undefined],
    ["SELECT * FROM Win32_OperatingSystem WHERE LastBootUpTime > '20200101000000.000000+000'", ['']],
    ["SELECT * FROM Win32_OperatingSystem WHERE LastBootUpTime < '2020-01-01'", []],
    [
      "SELECT * FROM CIM_DataFile WHERE Extension = 'exe' AND FileName = 'labtool' AND CreationDate >= '20260105100000.000000+060'",
      [String.raw`c:\tools\labtool.exe`],
    ],
    ['SELECT Nothing FROM Win32_Service', undefined],
    ['SELECT * FROM Win32_Service WHERE Nothing = 1', undefined],
    [String.raw`SELECT * FROM CIM_DataFile WHERE Name = 'c:\tools\labtool.exe'`, undefined],
  ])('%s finds %j', async (wql, expected) => {
    if (expected) expect(await found(wql)).toEqual(expected);
    else await expect(found(wql)).rejects.toMatchObject({ cimStatusName: 'InvalidQuery', windowsCode: 0x80041017 });
  });

  it('name a class that there is not', async () => {
    await expect(found('SELECT * FROM Win32_Servise')).rejects.toMatchObject({ cimStatusName: 'InvalidClass' });
  });
});

describe('ASSOCIATORS OF and REFERENCES OF', () => {
  const spooler = "{Win32_Service.Name='Spooler'}";

  it.each([
    [`ASSOCIATORS OF ${spooler} WHERE AssocClass=Win32_DependentService Role=Dependent`, ['RpcSs']],
    [
      "ASSOCIATORS OF {Win32_Service='WinRM'} WHERE AssocClass = Win32_DependentService ResultRole = Antecedent ResultClass = Win32_SystemDriver",
      ['HTTP'],
    ],
    [
      `ASSOCIATORS OF ${spooler} WHERE RequiredAssocQualifier = Association ResultClass = Win32_ComputerSystem`,
      ['SRV01'],
    ],
    [`ASSOCIATORS OF ${spooler} WHERE RequiredQualifier = Abstract`, []],
    [
      String.raw`ASSOCIATORS OF {\\.\root\cimv2:Win32_Service="Spooler"} WHERE ResultClass = CIM_ComputerSystem`,
      ['SRV01'],
    ],
    [
      String.raw`ASSOCIATORS OF {\\SRV01\ROOT\CIMV2:Win32_Service.Name="Spooler"} WHERE ResultClass = CIM_ComputerSystem`,
      ['SRV01'],
    ],
    [`ASSOCIATORS OF {Win32_ComputerSystem.Name="SRV01"} WHERE AssocClass = Win32_SystemServices`, undefined],
    [`REFERENCES OF ${spooler} WHERE ResultClass = Win32_SystemServices`, undefined],
    [`REFERENCES OF ${spooler} WHERE ResultClass = Win32_DependentService Role = Antecedent`, []],
  ])('%s finds %j', async (wql, expected) => {
    const all = await found(wql);
    if (expected) expect(all).toEqual(expected);
    else expect(all.length).toBeGreaterThan(0);
  });

  it('find the keys alone, or classes', async () => {
    const [one] = await instances(`ASSOCIATORS OF ${spooler} WHERE ResultClass = Win32_ComputerSystem KeysOnly`);
    expect([...(one?.properties.keys() ?? [])]).toEqual(['Name']);
    const byInstance = `ASSOCIATORS OF {Win32_Service='WinRM'} WHERE AssocClass = Win32_DependentService ClassDefsOnly`;
    expect(await classes(byInstance)).toEqual(['Win32_Service', 'Win32_SystemDriver']);
    const bySchema = 'ASSOCIATORS OF {Win32_LogicalDisk} WHERE AssocClass = Win32_LogicalDiskToPartition SchemaOnly';
    expect(await classes(bySchema)).toEqual(['Win32_DiskPartition']);
    expect(await classes('REFERENCES OF {Win32_Service} WHERE SchemaOnly')).toContain('Win32_DependentService');
  });

  it.each([
    ["ASSOCIATORS OF {Win32_Service.Name='None'}", 'NotFound'],
    ["ASSOCIATORS OF {Win32_Service.Nme='Spooler'}", 'InvalidQuery'],
    [`ASSOCIATORS OF ${spooler} WHERE AssocClass = Win32_Service`, 'InvalidQuery'],
    [`ASSOCIATORS OF ${spooler} WHERE ResultClass = Win32_None`, 'InvalidClass'],
    [`ASSOCIATORS OF ${spooler} WHERE AssocClass = Win32_DependentService AND Role = Dependent`, 'InvalidQuery'],
  ])('%s is refused: %s', async (wql, cimStatusName) => {
    await expect(found(wql)).rejects.toMatchObject({ cimStatusName });
  });
});

describe("queries for Windows' classes", () => {
  it.each([
    [
      'SELECT * FROM meta_class WHERE __this ISA "Win32_BaseService"',
      ['Win32_BaseService', 'Win32_Service', 'Win32_SystemDriver'],
    ],
    ["SELECT * FROM meta_class WHERE __Class = 'win32_service'", ['Win32_Service']],
    [
      "SELECT * FROM meta_class WHERE __Class LIKE 'Win32[_]%Disk%' AND __Superclass = 'CIM_LogicalDisk'",
      ['Win32_LogicalDisk', 'Win32_MappedLogicalDisk'],
    ],
    ["SELECT __Class FROM meta_class WHERE __Dynasty = 'StdRegProv'", ['StdRegProv']],
    ["SELECT * FROM meta_class WHERE __Class = 'Win32_None'", []],
  ])('%s finds %j', async (wql, expected) => {
    expect(await classes(wql)).toEqual(expected);
  });

  it.each(['SELECT * FROM meta_class WHERE __this ISA "Win32_None"', "SELECT * FROM meta_class WHERE Name = 'x'"])(
    '%s is refused',
    async (wql) => {
      await expect(classes(wql)).rejects.toMatchObject({ name: 'WsmanClientError' });
    },
  );
});
