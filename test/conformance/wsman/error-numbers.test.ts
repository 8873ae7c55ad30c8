import { describe, expect, it } from 'vitest';
import { DMTF, NAMESPACE, request, serviceKeys } from '../../support/envelopes.js';
import { at, readTree } from '../../support/read-answer.js';
import { authorization, PASSWORD, runEndpoint, USER } from '../../support/running-endpoint.js';

const TRANSFER = 'http://schemas.xmlsoap.org/ws/2004/09/transfer/';
const ENUMERATE = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate';
const DECLARATIONS = 'http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*';
const SERVICE = `${DMTF}MSISCSITARGET_StorageConfigurationService`;
const SYSTEM = `${DMTF}MSFTSM_ComputerSystem`;
const HARDWARE_ID = `${DMTF}MSISCSITARGET_StorageHardwareID`;
const READER = `Basic ${Buffer.from('reader:secret').toString('base64')}`;

const enumerate = (filter = '') =>
  `<n:Enumerate xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration"><w:OptimizeEnumeration/>${filter}</n:Enumerate>`;
const wql = (query: string) =>
  enumerate(`<w:Filter Dialect="http://schemas.microsoft.com/wbem/wsman/1/WQL">${query}</w:Filter>`);
const hardwareId = (properties: string) =>
  `<p:MSISCSITARGET_StorageHardwareID xmlns:p="${HARDWARE_ID}"><p:InstanceID>n</p:InstanceID><p:IDType>5</p:IDType><p:StorageID>iqn.x:n</p:StorageID>${properties}</p:MSISCSITARGET_StorageHardwareID>`;
const here = { __cimnamespace: NAMESPACE };
const service = { ...here, ...serviceKeys };
const system = { ...here, CreationClassName: 'MSFTSM_ComputerSystem', Name: 'iscsi-a.lab.example' };

type Parts = Parameters<typeof request>[0];

/** What Microsoft's cmdlets make of an error: the id is `MessageID`, the category `error_Category`. */
describe('the numbers of a CIM error', () => {
  const running = runEndpoint({
    users: [
      { name: USER, password: PASSWORD },
      { name: 'reader', password: 'secret', roles: ['read'] },
    ],
  });
  const send = async (parts: Parts, as = authorization) =>
    (await running.post(request(parts), { headers: { authorization: as } })).text;
  const errorOf = async (parts: Parts, as?: string) => {
    const error = at(readTree(await send(parts, as)), 'Envelope', 'Body', 'Fault', 'Detail', 'MSFT_WmiError');
    return ['MessageID', 'error_Code', 'error_Type', 'CIMStatusCode', 'error_Category'].map((name) =>
      at(error, name, '#text'),
    );
  };

  it.each<[string, Parts, number, number, number]>([
    [
      'an unknown class',
      { action: ENUMERATE, resourceUri: `${DMTF}CIM_Nothing`, selectors: here, body: enumerate() },
      0x80041010,
      5,
      10,
    ],
    [
      'a query for one',
      { action: ENUMERATE, resourceUri: `${DMTF}*`, selectors: here, body: wql('SELECT * FROM CIM_Nothing') },
      0x80041010,
      5,
      10,
    ],
    [
      'the declaration of one',
      {
        action: `${TRANSFER}Get`,
        resourceUri: DECLARATIONS,
        selectors: { ...here, ClassName: 'CIM_Nothing' },
        body: '',
      },
      0x80041002,
      6,
      13,
    ],
    [
      'an unknown instance',
      { action: `${TRANSFER}Get`, resourceUri: SYSTEM, selectors: { ...system, Name: 'nobody' }, body: '' },
      0x80041002,
      6,
      13,
    ],
    [
      'an unknown namespace',
      { action: ENUMERATE, resourceUri: SYSTEM, selectors: { __cimnamespace: 'root/nowhere' }, body: enumerate() },
      0x8004100e,
      3,
      10,
    ],
    [
      'a query that is none',
      { action: ENUMERATE, resourceUri: `${DMTF}*`, selectors: here, body: wql('SELEKT') },
      0x80041017,
      15,
      5,
    ],
    [
      'an unknown property',
      {
        action: `${TRANSFER}Create`,
        resourceUri: HARDWARE_ID,
        selectors: here,
        body: hardwareId('<p:Colour>1</p:Colour>'),
      },
      0x80041031,
      12,
      10,
    ],
    [
      'an unknown method',
      { action: `${SERVICE}/Fly`, resourceUri: SERVICE, selectors: service, body: '' },
      0x8004102e,
      17,
      10,
    ],
    [
      'a method that nobody implements',
      { action: `${SYSTEM}/RequestStateChange`, resourceUri: SYSTEM, selectors: system, body: '' },
      0x80041055,
      16,
      10,
    ],
    [
      'a parameter that there is not',
      {
        resourceUri: SERVICE,
        selectors: service,
        body: `<i:x_INPUT xmlns:i="${SERVICE}"><i:Colour>1</i:Colour></i:x_INPUT>`,
      },
      0x80041008,
      4,
      5,
    ],
    [
      'text for a reference',
      {
        resourceUri: SERVICE,
        selectors: service,
        body: `<i:x_INPUT xmlns:i="${SERVICE}"><i:SourceSystem>a</i:SourceSystem></i:x_INPUT>`,
      },
      0x80041005,
      13,
      9,
    ],
    [
      'text for a number',
      {
        action: `${TRANSFER}Create`,
        resourceUri: HARDWARE_ID,
        selectors: here,
        body: hardwareId('').replace('>5<', '>five<'),
      },
      0x80338041,
      1,
      26,
    ],
  ])('are those of Windows for %s', async (_what, parts, hresult, status, category) => {
    expect(await errorOf(parts)).toEqual(numbers(hresult, status, category));
  });

  it('are those of Windows for what is there already, and for what is not allowed', async () => {
    const create = { action: `${TRANSFER}Create`, resourceUri: HARDWARE_ID, selectors: here, body: hardwareId('') };
    expect(await send(create)).toContain('ResourceCreated');
    expect(await errorOf(create)).toEqual(numbers(0x80041019, 11, 20));
    expect(await errorOf(create, READER)).toEqual(numbers(0x80041003, 2, 18));
  });
});

function numbers(hresult: number, status: number, category: number): readonly string[] {
  return [`HRESULT 0x${hresult.toString(16)}`, String(hresult), 'HRESULT', String(status), String(category)];
}
