import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CimDateTime } from '../../../src/cim/model/cim-date-time.js';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import type { ClientScalar, ClientValue } from '../../../src/client/client-value.js';
import { readEnvelope } from '../../../src/client/message/read-envelope.js';
import { outputElement, readInvokeResult } from '../../../src/client/message/read-invoke-result.js';
import { buildInvokeRequest } from '../../../src/client/message/request-envelope.js';
import { find, readXml, writeXml } from '../../client/xml-tree.js';

/**
 * Sends a value out in a request, has it read by another XML parser and written into an answer with other prefixes, and
 * reads that.
 */
function echo(value: ClientValue, family: 'dmtf' | 'wmi'): CimValue | undefined {
  const request = buildInvokeRequest(
    { target: new InstancePath({ className: 'C' }), method: 'Echo', parameters: { Value: value }, options: {} },
    {
      family,
      namespace: 'root/lab',
      to: 'http://h/wsman',
      locale: 'en',
      dataLocale: 'en',
      maxEnvelopeSize: 8192,
      operationTimeoutMs: 1,
      sessionId: 'S',
    },
  );
  const output = find(readXml(request), 'Body', 'Echo_INPUT');
  const answer = `<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>${writeXml(output)}</e:Body></e:Envelope>`;
  const headers = new Map([['content-type', 'application/soap+xml']]);
  const { body, xml } = readEnvelope({ status: 200, headers, body: Buffer.from(answer) });
  return readInvokeResult(outputElement(body), xml).outputs.get('Value');
}

const families = fc.constantFrom('dmtf' as const, 'wmi' as const);
const text = fc
  .string({ unit: 'binary' })
  .filter((value) => !/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(value));
const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,12}$/);
/** The object paths of selectors keep their text: the reader does not trim keys. */
const keyName = name.filter((value) => value.toLowerCase() !== '__cimnamespace');

const timestamp = fc
  .tuple(
    fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true }),
    fc.integer({ min: -720, max: 840 }),
  )
  .map(([date, offset]) => {
    const sign = offset < 0 ? '-' : '+';
    return CimDateTime.parse(
      `${CimDateTime.fromDate(date).toString().slice(0, 21)}${sign}${String(Math.abs(offset)).padStart(3, '0')}`,
    );
  });
const interval = fc.bigInt({ min: 0n, max: 99_999_999n * 86_400_000_000n }).map((value) => CimDateTime.interval(value));
const wildcard = fc
  .constantFrom('2026010203****.******+000', '00000001******.******:000', '20260102030405.12****+060')
  .map(CimDateTime.parse);
const dateTime = fc.oneof(timestamp, interval, wildcard);

const path: fc.Arbitrary<InstancePath> = fc.letrec<{ path: InstancePath }>((tie) => ({
  path: fc
    .tuple(name, fc.array(fc.tuple(keyName, fc.oneof({ maxDepth: 2 }, text, tie('path'))), { maxLength: 4 }))
    .map(([className, keys]) => new InstancePath({ namespace: 'root/lab', className, keys })),
})).path;

const scalar: fc.Arbitrary<ClientScalar> = fc.oneof(text, fc.boolean(), fc.double(), fc.bigInt(), dateTime, path);

const instance: fc.Arbitrary<CimInstance> = fc
  .tuple(
    name,
    fc.array(
      fc.tuple(
        name.filter((value) => value !== 'Location'),
        fc.oneof(scalar, fc.constant(null), fc.array(text, { minLength: 2, maxLength: 4 })),
      ),
      { maxLength: 4 },
    ),
  )
  .map(([className, properties]) => new CimInstance(className, properties as [string, string][]));

/** A value as an answer without schema brings it back: simple values as text. */
function expected(value: unknown): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(expected);
  if (value instanceof CimDateTime) return `datetime ${value.toString().replace(/-000$/, '+000')}`;
  if (value instanceof InstancePath) return `reference ${value.canonical}`;
  if (value instanceof CimInstance) {
    return { className: value.className, properties: [...value.properties].map(([key, one]) => [key, expected(one)]) };
  }
  return value === Number.POSITIVE_INFINITY ? 'INF' : value === Number.NEGATIVE_INFINITY ? '-INF' : String(value);
}

describe('a value sent out and brought back by another server', () => {
  it('is the same text, number, datetime or reference', () => {
    fc.assert(
      fc.property(scalar, families, (value, family) => {
        expect(expected(echo(value, family))).toEqual(expected(value));
      }),
    );
  });

  it('is the same array, in order', () => {
    fc.assert(
      fc.property(fc.array(scalar, { minLength: 2, maxLength: 6 }), families, (value, family) => {
        expect(expected(echo(value, family))).toEqual(expected(value));
      }),
    );
  });

  it('is the same embedded instance', () => {
    fc.assert(
      fc.property(instance, families, (value, family) => {
        expect(expected(echo(value, family))).toEqual(expected(value));
      }),
    );
  });

  it('is NULL', () => {
    expect(echo(null, 'dmtf')).toBeNull();
  });
});
