import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { cimStatusTable, UNREADABLE_VALUE } from '../../src/soap/cim-status-table.js';
import { type CimFault, faultKeyOf, writeFault } from '../../src/soap/fault-message.js';
import { type FaultKey, faultTable } from '../../src/soap/fault-table.js';
import { WsmanFault } from '../../src/soap/wsman-fault.js';
import { readXmlText } from '../../src/xml/read-xml.js';

interface TextElement {
  readonly '#text'?: string;
}

const context = { relatesTo: 'uuid:1', machine: 'srv1' };

/** The body and header of a fault as an unrelated reader sees them. */
function read(fault: WsmanFault | CimFault): { header: Record<string, unknown>; fault: Record<string, unknown> } {
  const xml = writeFault(fault, context);
  expect(XMLValidator.validate(xml)).toBe(true);
  const parsed = new XMLParser({ ignoreAttributes: false, parseTagValue: false }).parse(xml);
  return { header: parsed['s:Envelope']['s:Header'], fault: parsed['s:Envelope']['s:Body']['s:Fault'] };
}

describe('a protocol fault', () => {
  const { header, fault } = read(new WsmanFault('InvalidResourceURI', 'There is no class <Foo> & co.'));

  test('goes out under the fault action, related to the request', () => {
    expect(header).toMatchObject({
      'a:Action': 'http://schemas.xmlsoap.org/ws/2004/08/addressing/fault',
      'a:RelatesTo': 'uuid:1',
    });
  });

  test('has code, subcode and reason', () => {
    expect(fault).toMatchObject({
      's:Code': { 's:Value': 's:Sender', 's:Subcode': { 's:Value': 'a:DestinationUnreachable' } },
      's:Reason': { 's:Text': { '#text': 'There is no class <Foo> & co.', '@_xml:lang': 'en-US' } },
    });
  });

  test('has the detail of Windows', () => {
    expect(fault['s:Detail']).toEqual({
      'w:FaultDetail': 'http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/InvalidResourceURI',
      'f:WSManFault': {
        '@_xmlns:f': 'http://schemas.microsoft.com/wbem/wsman/1/wsmanfault',
        '@_Code': '2150858811',
        '@_Machine': 'srv1',
        'f:Message': 'There is no class <Foo> & co.',
      },
    });
  });

  test('says the default reason when nobody knows better', () => {
    expect(writeFault(new WsmanFault('AccessDenied'), context)).toContain('>Access is denied.</s:Text>');
  });

  test('leaves RelatesTo out when the request had no MessageID', () => {
    expect(writeFault(new WsmanFault('AccessDenied'), { ...context, relatesTo: undefined })).not.toContain('RelatesTo');
  });

  test('names the machine and the language it is told', () => {
    const xml = writeFault(new WsmanFault('AccessDenied'), { ...context, machine: 'a"b', locale: 'de-DE' });
    expect(xml).toContain('Machine="a&quot;b"');
    expect(xml).toContain('<s:Text xml:lang="de-DE">');
  });

  test('shows nothing of the stack', () => {
    const fault = new WsmanFault('InternalError');
    expect(fault.stack).toContain('fault-message.test');
    expect(writeFault(fault, context)).not.toContain('fault-message.test');
  });

  test.each(Object.keys(faultTable) as FaultKey[])('%s is an envelope whose subcode has a namespace', (key) => {
    const xml = writeFault(new WsmanFault(key), context);
    expect(XMLValidator.validate(xml)).toBe(true);
    const prefix = /<s:Subcode><s:Value>([a-z]):/.exec(xml)?.[1];
    if (prefix !== undefined) expect(xml.slice(0, xml.indexOf('>'))).toContain(` xmlns:${prefix}="`);
  });
});

describe('a MustUnderstand fault', () => {
  test('names every block in a header, with its namespace', () => {
    const blocks = [
      { namespaceUri: 'urn:x?a&b', localName: 'One' },
      { namespaceUri: '', localName: 'Two' },
    ];
    const { header, fault } = read(new WsmanFault('MustUnderstand', undefined, blocks));
    expect(header['s:NotUnderstood']).toEqual([{ '@_qname': 'q:One', '@_xmlns:q': 'urn:x?a&b' }, { '@_qname': 'Two' }]);
    expect(fault['s:Code']).toEqual({ 's:Value': 's:MustUnderstand' });
  });
});

test('a VersionMismatch fault says which envelope is supported', () => {
  expect(read(new WsmanFault('VersionMismatch')).header['s:Upgrade']).toEqual({
    's:SupportedEnvelope': { '@_qname': 's:Envelope' },
  });
});

describe('a CIM error', () => {
  const { header, fault } = read({ status: 6, message: 'No CIM_ProtocolEndpoint "tcp-9" & so on.' });
  const detail = fault['s:Detail'] as Record<string, Record<string, unknown>>;

  test('goes out as the fault of its status', () => {
    expect(header['a:Action']).toBe('http://schemas.xmlsoap.org/ws/2004/08/addressing/fault');
    expect(fault['s:Code']).toEqual({
      's:Value': 's:Sender',
      's:Subcode': { 's:Value': 'a:DestinationUnreachable' },
    });
  });

  test('holds the error instance of Windows, flagged as a CIM error, and nothing else', () => {
    const string = { '@_xsi:type': 'cim:cimString' };
    const uint = { '@_xsi:type': 'cim:cimUnsignedInt' };
    const ushort = { '@_xsi:type': 'cim:cimUnsignedShort', '#text': '0' };
    const nil = { ...string, '@_xsi:nil': 'true' };
    expect(detail).toEqual({
      'p:MSFT_WmiError': {
        '@_b:IsCIM_Error': 'true',
        '@_xmlns:b': 'http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd',
        '@_xmlns:p': 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/MSFT_WmiError',
        '@_xmlns:cim': 'http://schemas.dmtf.org/wbem/wscim/1/common',
        '@_xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        '@_xsi:type': 'p:MSFT_WmiError_Type',
        'p:CIMStatusCode': { ...uint, '#text': '6' },
        'p:CIMStatusCodeDescription': nil,
        'p:ErrorSource': nil,
        'p:ErrorSourceFormat': ushort,
        'p:ErrorType': ushort,
        'p:Message': { ...string, '#text': 'No CIM_ProtocolEndpoint "tcp-9" & so on.' },
        'p:MessageID': { ...string, '#text': 'HRESULT 0x80041002' },
        'p:OtherErrorSourceFormat': nil,
        'p:OtherErrorType': nil,
        'p:OwningEntity': nil,
        'p:PerceivedSeverity': ushort,
        'p:ProbableCause': ushort,
        'p:ProbableCauseDescription': nil,
        'p:error_Category': { ...uint, '#text': '13' },
        'p:error_Code': { ...uint, '#text': '2147749890' },
        'p:error_Type': { ...string, '#text': 'HRESULT' },
        'p:error_WindowsErrorMessage': { ...string, '#text': 'Not found' },
      },
    });
  });

  test('puts FaultDetail before the instance when its fault has one', () => {
    const detail = read({ status: 3, message: 'x' }).fault['s:Detail'] as Record<string, unknown>;
    expect(Object.keys(detail)).toEqual(['w:FaultDetail', 'p:MSFT_WmiError']);
  });

  test.each(cimStatusTable)('tells clients of status $status ($name) by a number of Windows', (row) => {
    const { 'p:MSFT_WmiError': error } = read({ status: row.status, message: 'x' }).fault['s:Detail'] as typeof detail;
    const values = Object.entries(error ?? {}).filter(([name]) => name.startsWith('p:'));
    const told = Object.fromEntries(values.map(([name, value]) => [name.slice(2), (value as TextElement)['#text']]));
    expect(told).toMatchObject({
      CIMStatusCode: String(row.status),
      error_Code: String(row.hresult),
      error_Type: 'HRESULT',
      MessageID: `HRESULT 0x${row.hresult.toString(16).padStart(8, '0')}`,
      error_Category: String(row.errorCategory),
      error_WindowsErrorMessage: expect.stringMatching(/^[A-Z].{7,}/),
    });
    // An error: the top bit is set, and it is unsigned.
    expect([row.hresult >= 0x8000_0000, row.hresult <= 0xffff_ffff]).toEqual([true, true]);
  });

  test('can have other numbers than its status suggests', () => {
    const xml = writeFault({ status: 13, message: 'x', instead: UNREADABLE_VALUE }, context);
    expect(xml).toContain('>1</p:CIMStatusCode>');
    expect(xml).toContain('>HRESULT 0x80338041</p:MessageID>');
    expect(xml).toContain('>2150858817</p:error_Code>');
    expect(xml).toContain('faultDetail/TypeMismatch<');
  });

  test('can be sent as another fault than its status suggests', () => {
    const fault: CimFault = { status: 4, message: 'x', faultKey: 'InvalidParameterName' };
    expect(faultKeyOf(fault)).toBe('InvalidParameterName');
    expect(writeFault(fault, context)).toContain('faultDetail/InvalidName<');
  });

  test('survives a message with characters that XML cannot carry', () => {
    expect(() => readXmlText(writeFault({ status: 1, message: 'a\0\uD800<]]>' }, context))).not.toThrow();
  });
});
