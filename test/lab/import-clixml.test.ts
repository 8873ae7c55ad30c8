import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CimDateTime } from '../../src/cim/model/cim-date-time.js';
import type { CimInstance } from '../../src/cim/model/cim-instance.js';
import { startEndpoint } from '../../src/index.js';
import { type ImportOptions, importClixml } from '../../src/lab/import-clixml.js';

const users = [{ name: 'lab', password: 'secret' }];
const CIMV2 = 'root/cimv2';
const TYPE = 'Microsoft.Management.Infrastructure.CimInstance';

const folder = mkdtempSync(join(tmpdir(), 'cimulator-clixml-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What an endpoint has that starts with the lab, and nothing else. */
async function served(text: string, query: string, namespace = CIMV2) {
  const file = join(folder, 'lab.mof');
  writeFileSync(file, text);
  await using endpoint = await startEndpoint({ users, lab: 'none', schemaDir: file, namespace });
  return await endpoint.cim.find(query);
}

const importFile = (file: string, options: Partial<ImportOptions> = {}) =>
  importClixml(readFileSync(file, 'utf8'), { namespace: CIMV2, ...options });

const clixml = (...objects: readonly string[]) =>
  `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">${objects.join('')}</Objs>`;
const object = (className: string, properties: string, more = '') =>
  `<Obj RefId="0"><TN RefId="0"><T>${TYPE}#${CIMV2}/${className}</T><T>${TYPE}</T></TN><Props>${properties}</Props>${more}</Obj>`;

const valuesOf = ({ properties }: CimInstance) =>
  Object.fromEntries([...properties].filter(([, value]) => value !== null));

describe('CLIXML', () => {
  it('that PowerShell wrote starts the instances that it was given, below their superclasses', async () => {
    const { text, instances } = importFile('fixtures/clixml/systems.clixml');
    const namespace = 'root/cimv2/storage/iScsiTarget';
    await using original = await startEndpoint({ users, lab: ['two-servers', 'fixtures/examples/thermostat.mof'] });
    const found = await served(text, 'SELECT * FROM CIM_ManagedElement', namespace);
    expect(found).toHaveLength(instances.length);
    for (const one of found) {
      const other = await original.cim.get(one.path);
      expect(valuesOf(one)).toEqual(valuesOf(other));
      expect(String(one.path)).toBe(String(other.path));
    }
  });

  it('that Windows wrote has its types, and its classes above it', async () => {
    const { text } = importFile('powershell/test/Objects/windows.clixml', { keys: ['Win32_OperatingSystem.Caption'] });
    const [one] = await served(text, 'SELECT * FROM CIM_OperatingSystem');
    expect(one && valuesOf(one)).toEqual({
      Caption: 'Microsoft Windows Server 2025 Standard',
      Description: 'changed',
      BuildNumber: '26100',
      OSLanguage: 1033,
      LastBootUpTime: CimDateTime.fromDate(new Date('2026-11-01T05:30:00.500Z')),
      MUILanguages: ['en-US'],
    });
  });

  it('has every kind of value, and keys where the classes came along', async () => {
    const miXml =
      '&lt;CLASS NAME="T"&gt;&lt;PROPERTY NAME="No" TYPE="uint32"&gt;&lt;QUALIFIER NAME="key" TYPE="boolean"&gt;&lt;VALUE&gt;true&lt;/VALUE&gt;&lt;/QUALIFIER&gt;&lt;/PROPERTY&gt;&lt;/CLASS&gt;';
    const metadata = `<MS><Obj N="__ClassMetadata" RefId="9"><LST><Obj RefId="10"><MS><S N="ClassName">T</S><S N="MiXml">${miXml}</S></MS></Obj></LST></Obj></MS>`;
    const inner = `<Obj N="Part" RefId="5"><TN RefId="5"><T>${TYPE}#${CIMV2}/P</T></TN><Props><S N="Label">in</S></Props></Obj>`;
    const properties = `<U32 N="No">7</U32><S N="Text">a_x000A_b</S><B N="Yes">true</B><U64 N="Big">18446744073709551615</U64><I16 N="Low">-5</I16>
      <Db N="Half">0.5</Db><C N="Letter">65</C><BA N="Data">AQI=</BA><TS N="Took">P1DT2H3M4.5S</TS><By N="Small">255</By>${inner}`;
    const { text } = importClixml(clixml(object('T', properties, metadata)), { namespace: CIMV2 });
    const [one] = await served(text, 'SELECT * FROM T');
    expect(String(one?.path)).toBe('root/cimv2:T.No=7');
    const { Part, ...values } = one ? valuesOf(one) : {};
    expect(values).toEqual({
      No: 7,
      Text: 'a\nb',
      Yes: true,
      Big: 18446744073709551615n,
      Low: -5,
      Half: 0.5,
      Letter: 'A',
      Data: [1, 2],
      Took: CimDateTime.parse('00000001020304.500000:000'),
      Small: 255,
    });
    expect((Part as CimInstance).get('Label')).toBe('in');
  });

  it('of which secrets are replaced, and serial numbers where that is wanted', () => {
    const file = clixml(object('T', '<S N="Name">a</S><S N="Password">hunter2</S><S N="SerialNumber">CZ12345</S>'));
    const { text } = importClixml(file, { namespace: CIMV2, scrub: true });
    expect(text).not.toMatch(/hunter2|CZ12345/);
    expect(text).toContain('Password = "***"');
  });

  it.each([
    ['no XML', 'instance of T { };', /this is no CLIXML/],
    ['other XML', '<html></html>', /its root is html/],
    ['no instance', clixml('<S>text</S>'), /no CIM instance/],
    ['no key', clixml(object('T', '<S N="Colour">red</S>')), /--key T\.Property/],
    [
      'a value that is none',
      clixml(object('T', '<S N="Name">a</S><U32 N="Size">big</U32>')),
      /Size: 'big' is no value <U32>/,
    ],
    ['a value that CIM does not have', clixml(object('T', '<S N="Name">a</S><G N="Id">x</G>')), /Id: a value <G>/],
  ])('with %s is refused in a line', (_, text, message) => {
    expect(() => importClixml(text, { namespace: CIMV2 })).toThrow(message);
  });

  it.each([
    ['Other.Name', "--key Other.Name: the file has no instances of Other: did you mean 'Others'?"],
    ['Others.Nmae', "--key Others.Nmae: instances of Others have no property Nmae: did you mean 'Name'?"],
  ])('without what --key %s names is refused with the nearest name', (key, message) => {
    const text = clixml(object('Others', '<S N="Name">a</S>'));
    expect(() => importClixml(text, { namespace: CIMV2, keys: [key] })).toThrow(message);
  });
});
