import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cimStatusRow, cimStatusTable } from '../../src/soap/cim-status-table.js';
import { type FaultKey, faultRow, faultTable } from '../../src/soap/fault-table.js';

const page = readFileSync(new URL('../../docs/faults.md', import.meta.url), 'utf8');

/** Cells of the table rows of the page, code marks and dashes taken off. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.replaceAll('`', '').replace(/^–$/, '')),
  );
const faultRows = rows.filter((cells) => cells.length === 6 && /^\d+$/.test(cells[4] ?? ''));
const cimRows = rows.filter((cells) => /^\d+$/.test(cells[0] ?? ''));
const keys = Object.keys(faultTable) as FaultKey[];

describe('docs/faults.md', () => {
  test('lists every fault key, in the order of the code, and nothing else', () => {
    expect(faultRows.map(([key]) => key)).toEqual(keys);
  });

  test.each(keys)('says of %s what the code says', (key) => {
    const row = faultRow(key);
    expect(faultRows.find(([name]) => name === key)?.slice(1, 5)).toEqual([
      row.soapCode,
      row.subcode === undefined ? '' : `${row.subcode.prefix}:${row.subcode.localName}`,
      row.faultDetail?.split('/').at(-1) ?? '',
      String(row.windowsCode),
    ]);
  });

  test('says of every CIM status what the code says, and nothing else', () => {
    expect(cimRows.map((cells) => cells.slice(0, 5))).toEqual(
      cimStatusTable.map((row) => [
        String(row.status),
        row.name,
        `0x${row.hresult.toString(16)}`,
        String(row.errorCategory),
        row.faultKey,
      ]),
    );
  });

  test('says for every row when it is sent', () => {
    expect([...faultRows, ...cimRows].filter((cells) => (cells[5] ?? '').length < 8)).toEqual([]);
  });
});

describe('on the wire', () => {
  const wsman = 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd';
  const addressing = 'http://schemas.xmlsoap.org/ws/2004/08/addressing';
  const wsmanAction = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/fault';
  const detail = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/';

  test.each<[FaultKey, string, string, string, string | undefined, number, string]>([
    [
      'InvalidResourceURI',
      'Sender',
      addressing,
      'DestinationUnreachable',
      `${detail}InvalidResourceURI`,
      2150858811,
      `${addressing}/fault`,
    ],
    [
      'MessageInformationHeaderRequired',
      'Sender',
      addressing,
      'MessageInformationHeaderRequired',
      undefined,
      2150858769,
      `${addressing}/fault`,
    ],
    ['ActionNotSupported', 'Sender', addressing, 'ActionNotSupported', undefined, 2150858771, `${addressing}/fault`],
    [
      'EndpointUnavailable',
      'Receiver',
      addressing,
      'EndpointUnavailable',
      undefined,
      2150858772,
      `${addressing}/fault`,
    ],
    [
      'InvalidTimeout',
      'Sender',
      addressing,
      'InvalidMessageInformationHeader',
      `${detail}InvalidTimeout`,
      2150858881,
      wsmanAction,
    ],
    ['AccessDenied', 'Sender', wsman, 'AccessDenied', undefined, 5, wsmanAction],
    ['InternalError', 'Receiver', wsman, 'InternalError', undefined, 1359, wsmanAction],
    ['TimedOut', 'Receiver', wsman, 'TimedOut', undefined, 2150858793, wsmanAction],
    [
      'MinimumEnvelopeLimit',
      'Sender',
      wsman,
      'EncodingLimit',
      `${detail}MinimumEnvelopeLimit`,
      2150858878,
      wsmanAction,
    ],
    [
      'InsufficientSelectors',
      'Sender',
      wsman,
      'InvalidSelectors',
      `${detail}InsufficientSelectors`,
      2150858842,
      wsmanAction,
    ],
    ['DuplicateSelectors', 'Sender', wsman, 'InvalidSelectors', `${detail}DuplicateSelectors`, 2150858847, wsmanAction],
    ['ParameterTypeMismatch', 'Sender', wsman, 'InvalidParameter', `${detail}TypeMismatch`, 2150858836, wsmanAction],
    ['InvalidParameterName', 'Sender', wsman, 'InvalidParameter', `${detail}InvalidName`, 2150858837, wsmanAction],
    ['SchemaValidationError', 'Sender', wsman, 'SchemaValidationError', undefined, 2150858817, wsmanAction],
    [
      'UnsupportedAddressingMode',
      'Sender',
      wsman,
      'UnsupportedFeature',
      `${detail}AddressingMode`,
      2150858870,
      wsmanAction,
    ],
    [
      'InvalidValues',
      'Sender',
      'http://schemas.xmlsoap.org/ws/2004/09/transfer',
      'InvalidRepresentation',
      `${detail}InvalidValues`,
      2150858838,
      'http://schemas.xmlsoap.org/ws/2004/09/transfer/fault',
    ],
    [
      'InvalidEnumerationContext',
      'Receiver',
      'http://schemas.xmlsoap.org/ws/2004/09/enumeration',
      'InvalidEnumerationContext',
      undefined,
      2150858779,
      'http://schemas.xmlsoap.org/ws/2004/09/enumeration/fault',
    ],
    [
      'UnableToRenew',
      'Sender',
      'http://schemas.xmlsoap.org/ws/2004/08/eventing',
      'UnableToRenew',
      undefined,
      2150858788,
      'http://schemas.xmlsoap.org/ws/2004/08/eventing/fault',
    ],
    [
      'PolymorphismModeNotSupported',
      'Sender',
      'http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd',
      'PolymorphismModeNotSupported',
      undefined,
      2150859063,
      wsmanAction,
    ],
  ])('%s is what clients know', (key, soapCode, namespaceUri, localName, faultDetail, windowsCode, action) => {
    expect(faultRow(key)).toMatchObject({
      soapCode,
      subcode: { namespaceUri, localName },
      faultDetail,
      windowsCode,
      action,
      httpStatus: 500,
    });
  });

  test.each<[FaultKey, string, number]>([
    ['VersionMismatch', 'VersionMismatch', 2150858765],
    ['MustUnderstand', 'MustUnderstand', 2150858768],
  ])('%s has no subcode', (key, soapCode, windowsCode) => {
    expect(faultRow(key)).toMatchObject({ soapCode, subcode: undefined, windowsCode, action: `${addressing}/fault` });
  });

  test.each([
    [1, 0x80041001, 'InternalError'],
    [2, 0x80041003, 'AccessDenied'],
    [3, 0x8004100e, 'InvalidResourceURI'],
    [4, 0x80041008, 'InvalidParameter'],
    [5, 0x80041010, 'InvalidResourceURI'],
    [6, 0x80041002, 'DestinationUnreachable'],
    [11, 0x80041019, 'AlreadyExists'],
    [12, 0x80041031, 'InvalidParameter'],
    [15, 0x80041017, 'CannotProcessFilter'],
    [16, 0x80041055, 'ActionNotSupported'],
    [17, 0x8004102e, 'ActionNotSupported'],
    [22, 0x80338029, 'TimedOut'],
    [27, 0x8004106c, 'QuotaLimit'],
  ])('CIM status %i is 0x%x and %s', (status, hresult, faultKey) => {
    expect(cimStatusRow(status)).toMatchObject({ status, hresult, faultKey });
  });
});

describe('the tables', () => {
  test('send every fault with HTTP status 500', () => {
    expect(keys.filter((key) => faultRow(key).httpStatus !== 500)).toEqual([]);
  });

  test('hold the CIM statuses 1 to 28 in order', () => {
    expect(cimStatusTable.map((row) => row.status)).toEqual(Array.from({ length: 28 }, (_, i) => i + 1));
  });

  test.each([0, -1, 29, 1.5, Number.NaN])('take the unknown CIM status %d for Failed', (status) => {
    expect(cimStatusRow(status).status).toBe(1);
  });
});
