import { describe, expect, test } from 'vitest';
import { ProviderError } from '../../src/cim/contracts/provider-error.js';
import { StoreError } from '../../src/cim/contracts/store-error.js';
import { CimError } from '../../src/cim/model/cim-error.js';
import { CimStatus, type CimStatusName } from '../../src/cim/model/cim-status.js';
import { HresultError } from '../../src/cim/model/hresult-error.js';
import { WsmanFault } from '../../src/soap/wsman-fault.js';
import { UnknownNameError } from '../../src/wscim/unknown-name-error.js';
import { faultOfError, isUnexpected } from '../../src/wsman/fault-of-error.js';
import { readXml } from '../../src/xml/read-xml.js';

function xmlErrorOf(bytes: Uint8Array, limit = 1000): unknown {
  try {
    return readXml(bytes, { limits: { bytes: limit, depth: 3 } });
  } catch (error) {
    return error;
  }
}

describe('the fault of', () => {
  test('a fault is itself', () => {
    const fault = new WsmanFault('TimedOut');
    expect(faultOfError(fault)).toBe(fault);
  });

  test.each(Object.keys(CimStatus) as CimStatusName[])('a CIM error keeps status and text: %s', (name) => {
    expect(faultOfError(new CimError(name, 'why'))).toEqual({ status: CimStatus[name], message: 'why' });
  });

  test('an error of Windows keeps its number, and the category of its status', () => {
    expect(faultOfError(new HresultError('AlreadyExists', 0x800700b7, 'why'))).toMatchObject({
      ...{ status: CimStatus.AlreadyExists, message: 'why' },
      instead: { status: CimStatus.AlreadyExists, hresult: 0x800700b7, errorCategory: 20, text: 'why' },
    });
  });

  test('an unknown name says that the name is wrong', () => {
    expect(faultOfError(new UnknownNameError('parameter', 'why'))).toEqual({
      status: CimStatus.InvalidParameter,
      message: 'why',
      faultKey: 'InvalidParameterName',
    });
  });

  test.each([
    ['a document that is not well-formed', '<a>', 'MalformedXml'],
    ['a document with a document type', '<!DOCTYPE a><a/>', 'MalformedXml'],
    ['a document that is too deep', '<a><a><a><a/></a></a></a>', 'EncodingLimit'],
    ['a document that is too large', `<a>${' '.repeat(1000)}</a>`, 'ServiceEnvelopeLimit'],
  ])('%s', (_, xml, key) => {
    expect(faultOfError(xmlErrorOf(Buffer.from(xml)))).toMatchObject({ name: 'WsmanFault', key });
  });

  test('bytes in the wrong character set', () => {
    expect(faultOfError(xmlErrorOf(Uint8Array.of(0x3c, 0xff)))).toMatchObject({ key: 'CharacterSet' });
  });

  test.each([
    ['failure', 'ProviderFailure'],
    ['invalid response', 'ProviderInvalidResponse'],
  ] as const)('a provider that is at fault (%s) tells nothing of why', (kind, key) => {
    const error = new ProviderError(kind, 'secret', { cause: new TypeError('secret') });
    const fault = faultOfError(error);
    expect(fault).toMatchObject({ name: 'WsmanFault', key });
    expect(JSON.stringify({ ...fault, message: fault.message })).not.toContain('secret');
    expect(isUnexpected(error)).toBe(true);
  });

  test.each([
    ['unavailable', 'EndpointUnavailable', true],
    ['full', 'QuotaLimit', false],
    ['failed', 'InternalError', true],
    ['conflict', 'Concurrency', false],
  ] as const)('a store that could not (%s) tells what kind of trouble it is', (kind, key, isForTheLog) => {
    const error = new StoreError(kind, 'secret');
    expect(faultOfError(error)).toMatchObject({ name: 'WsmanFault', key });
    expect(faultOfError(error).message).not.toContain('secret');
    expect(isUnexpected(error)).toBe(isForTheLog);
  });

  test.each([new TypeError('/home/secret'), 'secret', undefined, null, { message: 'secret' }])(
    'anything else tells nothing of it: %s',
    (error) => {
      const fault = faultOfError(error);
      expect(fault).toMatchObject({ name: 'WsmanFault', key: 'InternalError' });
      expect(JSON.stringify({ ...fault, message: fault.message })).not.toContain('secret');
      expect(isUnexpected(error)).toBe(true);
    },
  );
});

test('our own errors are expected', () => {
  const xmlError = xmlErrorOf(Buffer.from('<a>'));
  for (const error of [
    new WsmanFault('TimedOut'),
    new CimError('Failed', 'x'),
    new UnknownNameError('parameter', 'x'),
    xmlError,
  ]) {
    expect(isUnexpected(error)).toBe(false);
  }
});

test('a client that goes away is expected', () => {
  expect(isUnexpected(AbortSignal.abort().reason)).toBe(false);
});
