import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultTable } from '../../src/soap/fault-table.js';
import { WsmanFault } from '../../src/soap/wsman-fault.js';
import { encodedSize } from '../../src/wsman/encoded-size.js';
import { type FailedRequest, writeFittingFault } from '../../src/wsman/write-fitting-fault.js';
import { ns } from '../../src/xml/namespaces.js';
import { readElement } from '../support/xml-fragment.js';

const maxEnvelopeSize = (text: string) => readElement(`<w:MaxEnvelopeSize>${text}</w:MaxEnvelopeSize>`);
const request = (more: Partial<FailedRequest> = {}): FailedRequest => ({
  relatesTo: 'uuid:1',
  machine: 'host',
  headers: [maxEnvelopeSize('8192')],
  charset: 'utf-8',
  ownLimit: 2_000_000,
  ...more,
});

describe('a fault', () => {
  it('keeps within MaxEnvelopeSize, whatever is in it', () => {
    const keys = Object.keys(faultTable) as (keyof typeof faultTable)[];
    const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 3000 }), fc.constantFrom('&'.repeat(5000), 'ж'.repeat(9000), '😀'.repeat(9000))); // biome-ignore format: one line
    const charset = fc.constantFrom<FailedRequest['charset']>('utf-8', 'utf-16le');
    fc.assert(
      fc.property(fc.constantFrom(...keys), text, text, charset, (key, reason, relatesTo, set) => {
        const blocks = [{ namespaceUri: 'u'.repeat(20_000), localName: 'Block' }];
        for (const fault of [new WsmanFault(key, reason, blocks), { status: 1, message: reason }]) {
          const xml = writeFittingFault(fault, request({ relatesTo, charset: set }));
          expect(encodedSize(xml, set)).toBeLessThanOrEqual(8192);
        }
      }),
    );
  });

  it('is whole when it fits', () => {
    const xml = writeFittingFault(new WsmanFault('InvalidOptions', 'no such option'), request());
    expect(xml).toContain('<a:RelatesTo>uuid:1</a:RelatesTo>');
    expect(xml.match(/no such option/g)).toHaveLength(2);
  });

  it('says the beginning of a long reason', () => {
    const xml = writeFittingFault(new WsmanFault('InvalidOptions', `first words ${'x'.repeat(100_000)}`), request());
    expect(xml).toMatch(/first words x{500,}…</);
    expect(
      writeFittingFault(new WsmanFault('InvalidOptions', 'x'.repeat(100_000)), request({ headers: [] })),
    ).toContain('x'.repeat(100_000));
  });

  it.each([
    ['far too long', '1500000', 1_500_000, false],
    ['as long as a URI may be', '512000', 2048, true],
  ])('repeats a MessageID that is %s: %s', (_, size, length, isRepeated) => {
    const relatesTo = 'm'.repeat(length);
    const headers = [maxEnvelopeSize(size)];
    const xml = writeFittingFault(new WsmanFault('URILimitExceeded'), request({ relatesTo, headers }));
    expect(xml.includes(relatesTo)).toBe(isRepeated);
  });

  it.each(['many', '1', ''])('is for the smallest envelope when MaxEnvelopeSize is %j', (text) => {
    const xml = writeFittingFault(
      new WsmanFault('InvalidOptions', 'x'.repeat(9000)),
      request({ headers: [maxEnvelopeSize(text)] }),
    );
    expect(encodedSize(xml, 'utf-8')).toBeLessThanOrEqual(8192);
    expect(ns.wsman).toBe(maxEnvelopeSize(text).namespaceUri);
  });
});
