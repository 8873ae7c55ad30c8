import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDer } from '../../../src/auth/der/der-reader.js';
import { writeDer } from '../../../src/auth/der/der-writer.js';
import { readObjectIdentifier, writeObjectIdentifier } from '../../../src/auth/der/object-identifier.js';
import { readNegTokenInit, writeMechList, writeNegTokenInit } from '../../../src/auth/spnego/neg-token-init.js';
import { type NegTokenResp, readNegTokenResp, writeNegTokenResp } from '../../../src/auth/spnego/neg-token-resp.js';
import { recordedMessage } from '../../auth/recorded-exchange.js';

const NTLM = '1.3.6.1.4.1.311.2.2.10';
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

describe('DER', () => {
  it('is read back as it was written, at every length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 70_000 }), (length) => {
        const element = readDer(writeDer(0x04, Buffer.alloc(length, 7))).expect(0x04, 'x');
        expect(element.content.length).toBe(length);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['an element that is cut', '0405aabb'],
    ['a length that is cut', '0482ff'],
    ['a tag alone', '04'],
    ['nothing', ''],
    ['an indefinite length', '0480aabb0000'],
    ['a length of 2^32 - 1', '0484ffffffffaa'],
    ['a length of five bytes', '04850000000001aa'],
    ['a tag of several bytes', '1f810101aa'],
  ])('refuses %s', (_, bytes) => {
    expect(() => readDer(hex(bytes)).next()).toThrow(/ASN\.1/);
  });

  it('reads a length that is written longer than needed, as some clients do', () => {
    expect(readDer(hex('04820001aa')).next().content).toEqual(hex('aa'));
  });
});

describe('object identifiers', () => {
  it.each([
    ['1.3.6.1.5.5.2', '06062b0601050502'],
    [NTLM, '060a2b06010401823702020a'],
    ['1.2.840.113554.1.2.2', '06092a864886f712010202'],
    ['2.999.3', '0603883703'],
  ])('%s', (dotted, bytes) => {
    expect(writeObjectIdentifier(dotted)).toEqual(hex(bytes));
    expect(readObjectIdentifier(hex(bytes).subarray(2))).toBe(dotted);
  });

  it.each([
    ['empty', ''],
    ['cut', '2b86'],
    ['of 33 bytes', '01'.repeat(33)],
    ['with a huge number', `2b${'ff'.repeat(12)}01`],
  ])('refuses one that is %s', (_, content) => {
    expect(() => readObjectIdentifier(hex(content))).toThrow(/object identifier/);
  });
});

describe('NegTokenInit', () => {
  it('of the recorded client is read, and written again byte for byte', async () => {
    const { token } = await recordedMessage('1-request');
    const init = readNegTokenInit(token);
    expect(init.mechanisms).toEqual([NTLM]);
    expect(writeNegTokenInit(init)).toEqual(token);
  });

  it('may have flags, hints in the place of the MIC, and a MIC after them (NegTokenInit2)', () => {
    const hints = 'a32a3028a0261b246e6f745f646566696e65645f696e5f5246433431373840706c656173655f69676e6f7265';
    const mechTypes = `a00e300c${writeObjectIdentifier(NTLM).toString('hex')}`;
    const sequence = writeDer(0x30, hex(`${mechTypes} a10403020640 a2040402abcd ${hints} a403040101`));
    const token = writeDer(0x60, hex('06062b0601050502'), writeDer(0xa0, sequence));
    expect(readNegTokenInit(token)).toMatchObject({ mechanisms: [NTLM], token: hex('abcd') });
  });

  it.each([
    ['another mechanism than SPNEGO', writeDer(0x60, hex('06092a864886f712010202'), writeDer(0xa0, hex('3000')))],
    ['no list of mechanisms', writeDer(0x60, hex('06062b0601050502 a0023000'))],
    ['an empty list', writeNegTokenInit({ mechList: writeMechList([]), token: undefined })],
    ['33 mechanisms', writeNegTokenInit({ mechList: writeMechList(Array(33).fill(NTLM)), token: undefined })],
    [
      'something after its end',
      Buffer.concat([writeNegTokenInit({ mechList: writeMechList([NTLM]), token: undefined }), hex('00')]),
    ],
    [
      'fields in another order',
      writeDer(
        0x60,
        hex('06062b0601050502'),
        writeDer(0xa0, writeDer(0x30, hex('a2040402abcd a00e300c 060a2b06010401823702020a'))),
      ),
    ],
  ])('is refused with %s', (_, token) => {
    expect(() => readNegTokenInit(token)).toThrow();
  });
});

describe('NegTokenResp', () => {
  it.each(['1-response', '2-request', '2-response'])(
    '%s of the recorded exchange is read and written again',
    async (name) => {
      const { token } = await recordedMessage(name);
      expect(writeNegTokenResp(readNegTokenResp(token))).toEqual(token);
    },
  );

  it('is read back as it was written', () => {
    const bytes = fc.option(
      fc.uint8Array().map((array) => Buffer.from(array)),
      { nil: undefined },
    );
    const resp: fc.Arbitrary<NegTokenResp> = fc.record({
      state: fc.constantFrom(undefined, 'accept-completed', 'accept-incomplete', 'reject', 'request-mic'),
      supportedMech: fc.constantFrom(undefined, NTLM),
      token: bytes,
      mechListMic: bytes,
    });
    fc.assert(
      fc.property(resp, (value) => {
        expect(readNegTokenResp(writeNegTokenResp(value))).toEqual(value);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['a state that there is not', 'a1073005a0030a0104'],
    ['a state of two bytes', 'a1083006a0040a020000'],
    ['a field twice', 'a10c300aa0030a0100a0030a0100'],
    ['a field of another type', 'a1073005a003040100'],
    ['a field that there is not', 'a1073005a403040100'],
  ])('is refused with %s', (_, token) => {
    expect(() => readNegTokenResp(hex(token))).toThrow();
  });
});
