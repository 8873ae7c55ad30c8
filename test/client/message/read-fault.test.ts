import { describe, expect, it } from 'vitest';
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
});

describe('a fault of another kind', () => {
  it('of a WMI provider has the innermost text on one line', () => {
    const fault = readFaultOf(windowsFault('Sender', 'w:CannotProcessFilter', 'Bad.', windowsProviderFault));
    expect(fault.message).toBe('CannotProcessFilter: The query is wrong.');
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
