import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeElement, decodeInstance } from '../../src/cimjson/decode.js';
import { encodeElement, encodeInstance } from '../../src/cimjson/encode.js';
import { arbitraryElement, arbitraryInstance } from './arbitrary-cim.js';
import { plainValue } from './plain-value.js';

const onTheWire = (json: unknown): unknown => JSON.parse(Buffer.from(JSON.stringify(json), 'utf8').toString('utf8'));

describe('CIM data in JSON', () => {
  it('comes back as it went, typed by its class: every type, references in keys, instances in instances', () => {
    fc.assert(
      fc.property(arbitraryInstance, ({ instance, declarations }) => {
        const json = onTheWire(encodeInstance(instance, declarations.find));
        expect(plainValue(decodeInstance(json))).toEqual(plainValue(instance));
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps the type beside each value', () => {
    fc.assert(
      fc.property(arbitraryElement, ({ type, value, declarations }) => {
        const decoded = decodeElement(onTheWire(encodeElement(value, type, declarations.find)));
        expect(decoded.type).toEqual(type);
        expect(plainValue(decoded.value)).toEqual(plainValue(value));
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps values whose class nobody knows, apart from the char16, which is a string then', () => {
    fc.assert(
      fc.property(arbitraryInstance, ({ instance }) => {
        const json = onTheWire(encodeInstance(instance));
        expect(plainValue(decodeInstance(json))).toEqual(plainValue(instance));
      }),
      { numRuns: 500 },
    );
  });
});
