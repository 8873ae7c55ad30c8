import { describe, expect, it } from 'vitest';
import { describeType } from '../../../src/cim/model/cim-type.js';
import { readEnvelope } from '../../../src/client/message/read-envelope.js';
import { WsmanClientError } from '../../../src/client/wsman-client-error.js';
import { windowsCimError, windowsFault, windowsProviderFault } from '../answers.js';

function readFaultOf(xml: string, status = 500): WsmanClientError {
  const headers = new Map([['content-type', 'application/soap+xml;charset=UTF-8']]);
  try {
    readEnvelope({ status, headers, body: Buffer.from(xml) });
  } catch (error) {
    if (error instanceof WsmanClientError) return error;
    throw error;
  }
  throw new Error('no fault was thrown');
}

const protocolDetail =
  '<w:FaultDetail>http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/InvalidResourceURI</w:FaultDetail>' +
  '<f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="2150858811" Machine="srv1"><f:Message>The class is unknown.</f:Message></f:WSManFault>';

describe('a protocol fault', () => {
  const fault = readFaultOf(windowsFault('Sender', 'a:DestinationUnreachable', 'No such resource.', protocolDetail));

  it('has its SOAP code and its subcode with the namespace', () => {
    expect([fault.code, fault.subcode]).toEqual([
      'Sender',
      { namespace: 'http://schemas.xmlsoap.org/ws/2004/08/addressing', name: 'DestinationUnreachable' },
    ]);
  });

  it('has its WSManFault, and no error instance', () => {
    expect(fault.windowsFault).toEqual({
      code: 2150858811,
      machine: 'srv1',
      text: 'The class is unknown.',
      provider: undefined,
      extendedStatus: undefined,
    });
    expect(fault.errorInstance).toBeUndefined();
  });

  it('has the last segment of its FaultDetail and the Windows code', () => {
    expect([fault.faultDetail, fault.windowsCode]).toEqual(['InvalidResourceURI', 2150858811]);
  });

  it('has no CIM status', () => {
    expect([fault.cimStatus, fault.cimStatusName]).toEqual([undefined, undefined]);
  });

  it('has a message of one line that says what and why', () => {
    expect(fault.message).toBe('DestinationUnreachable, InvalidResourceURI: The class is unknown.');
  });

  it('keeps the reason', () => {
    expect(fault.reason).toBe('No such resource.');
  });
});

describe('a fault with a CIM error', () => {
  const fault = readFaultOf(windowsFault('Sender', 'a:DestinationUnreachable', 'Not found.', windowsCimError));

  it('has the CIM status by number and by name', () => {
    expect([fault.cimStatus, fault.cimStatusName]).toEqual([6, 'NotFound']);
  });

  it('has the HRESULT as Windows code', () => {
    expect(fault.windowsCode).toBe(0x80041002);
  });

  it('has the message of the CIM error', () => {
    expect(fault.message).toBe('DestinationUnreachable, CIM status 6 NotFound: No system with these keys.');
  });

  it('has the error instance with all its properties, in their types', () => {
    const { errorInstance } = fault;
    expect(errorInstance?.className).toBe('MSFT_WmiError');
    expect([...(errorInstance?.properties ?? [])]).toEqual([
      ['CIMStatusCode', 6],
      ['CIMStatusCodeDescription', null],
      ['Message', 'No system with these keys. '],
      ['MessageID', 'HRESULT 0x80041002'],
      ['error_Code', 0x80041002],
    ]);
  });

  it('has the types of the properties', () => {
    const types = [...(fault.errorTypes ?? [])].map(([name, type]) => [name, describeType(type)]);
    expect(types).toEqual([
      ['CIMStatusCode', 'uint32'],
      ['CIMStatusCodeDescription', 'string'],
      ['Message', 'string'],
      ['MessageID', 'string'],
      ['error_Code', 'uint32'],
    ]);
  });

  it('has no Windows fault', () => {
    expect(fault.windowsFault).toBeUndefined();
  });
});

describe('an error instance', () => {
  const errorOf = (properties: string, name = 'MSFT_WmiError') => {
    const detail = `<p:${name} b:IsCIM_Error="true" xmlns:b="http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd" xmlns:p="urn:p">${properties}</p:${name}>`;
    return readFaultOf(windowsFault('Receiver', 'w:InternalError', 'x', detail));
  };

  it('without marks has the types of CIM_Error', () => {
    const { errorInstance } = errorOf(
      '<p:ProbableCause>7</p:ProbableCause><p:RecommendedActions>wait</p:RecommendedActions><p:error_Category>13</p:error_Category><p:Message>12</p:Message>',
    );
    expect([...(errorInstance?.properties ?? [])]).toEqual([
      ['ProbableCause', 7],
      ['RecommendedActions', ['wait']],
      ['error_Category', 13],
      ['Message', '12'],
    ]);
  });

  it('keeps as text what is no value of its type', () => {
    expect(errorOf('<p:ErrorType>odd</p:ErrorType>').errorInstance?.get('ErrorType')).toBe('odd');
  });

  it('of another class has its own properties, marked or as text', () => {
    const { errorInstance, errorTypes } = errorOf('<p:X xsi:type="cim:cimLong">-1</p:X><p:Y>2</p:Y>', 'LAB_Error');
    expect([errorInstance?.className, errorInstance?.get('X'), errorInstance?.get('Y')]).toEqual([
      'LAB_Error',
      -1n,
      '2',
    ]);
    expect(errorTypes?.get('X')?.name).toBe('sint64');
  });
});

describe('a fault of another kind', () => {
  it('of a WMI provider has the innermost text on one line', () => {
    const fault = readFaultOf(windowsFault('Sender', 'w:CannotProcessFilter', 'Bad.', windowsProviderFault));
    expect(fault.message).toBe('CannotProcessFilter: The query is wrong.');
    expect(fault.windowsFault).toMatchObject({ code: 2150858778, machine: 'srv1', provider: 'WMI Provider' });
  });

  it('of WMI has what WMI says of it', () => {
    const detail =
      '<f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="1" Machine="m"><f:Message><f:ProviderFault provider="P"><f:ExtendedError><p:__ExtendedStatus xmlns:p="urn:e"><p:Operation>ExecQuery</p:Operation><p:StatusCode xsi:nil="true"/></p:__ExtendedStatus></f:ExtendedError></f:ProviderFault></f:Message></f:WSManFault>';
    const { windowsFault: found } = readFaultOf(windowsFault('Receiver', 'w:InternalError', 'x', detail));
    const { className, properties = [] } = found?.extendedStatus ?? {};
    expect([className, ...properties]).toEqual(['__ExtendedStatus', ['Operation', 'ExecQuery'], ['StatusCode', null]]);
  });

  it('of OMI has the CIM status from MessageID', () => {
    const detail =
      '<p:OMI_Error wsmb:IsCIM_Error="true" xmlns:p="http://schemas.microsoft.com/wbem/wscim/1/cim-schema/2/OMI_Error" xmlns:wsmb="http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd"><p:Message>gone</p:Message><p:MessageID>OMI:MI_Result:17</p:MessageID></p:OMI_Error>';
    const fault = readFaultOf(windowsFault('Receiver', 'w:InternalError', 'x', detail));
    expect([fault.cimStatusName, fault.detailMessage]).toEqual(['MethodNotFound', 'gone']);
  });

  it('without subcode and detail has its code and reason', () => {
    const fault = readFaultOf(windowsFault('MustUnderstand', '', 'Header not understood.', ''));
    expect([fault.code, fault.subcode, fault.message]).toEqual([
      'MustUnderstand',
      undefined,
      'MustUnderstand: Header not understood.',
    ]);
  });

  it.each([200, 400, 501, 503])('is a fault with HTTP status %i too', (status) => {
    const fault = readFaultOf(windowsFault('Sender', 'a:ActionNotSupported', 'No.', ''), status);
    expect(fault.subcode?.name).toBe('ActionNotSupported');
  });

  it('cannot reach the terminal with its control characters', () => {
    const fault = readFaultOf(windowsFault('Sender', 'w:InternalError', 'a\u009b31mb\n c', ''));
    expect(fault.message).toBe('InternalError: a 31mb c');
  });
});
