import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWrapTokenHeader, splitWrapToken } from '../../../src/auth/kerberos/wrap-token.js';

/** What GSS_Wrap of MIT Kerberos 1.20 made of `hello` for an acceptor's AES-256 key, on the initiator's side. */
const MIT_TOKEN = Buffer.from(
  '050406ff00000000000000000905783c5c36c6e32e51c6ff1632c8c68d614245a712e71e50cfbfd3aa8ee849b834b5defa20849a1530eea4c7ba37532b3f7e5506',
  'hex',
);

/** What follows the header, as it was before it was rotated (RFC 4121 §4.2.5). */
function unrotated(token: Buffer): Buffer {
  const { rotation } = readWrapTokenHeader(token);
  const body = token.subarray(16);
  const count = body.length === 0 ? 0 : rotation % body.length;
  return Buffer.concat([body.subarray(count), body.subarray(0, count)]);
}

/** A wrap token around anything, rotated. */
function tokenOf(body: Buffer, rotation: number): Buffer {
  const header = Buffer.from('050407ff000000000000000000000001', 'hex');
  header.writeUInt16BE(rotation, 6);
  const count = body.length === 0 ? 0 : rotation % body.length;
  const end = body.length - count;
  return Buffer.concat([header, body.subarray(end), body.subarray(0, end)]);
}

describe('a wrap token (RFC 4121 §4.2.6.2)', () => {
  it('says who sent it, as which one, and whether it is sealed', () => {
    expect(readWrapTokenHeader(MIT_TOKEN)).toEqual({
      ...{ sentByAcceptor: false, sealed: true, extraCount: 0, rotation: 0, sequence: 0x0905783cn },
    });
  });

  it('is parted as Windows does: 60 bytes, rotated by 28, and as many as the message has', () => {
    const { token, sealed } = splitWrapToken(MIT_TOKEN, 5);
    expect([token.length, sealed.length]).toEqual([60, 5]);
    expect(readWrapTokenHeader(Buffer.from(token))).toMatchObject({ rotation: 28, sequence: 0x0905783cn });
    expect(unrotated(Buffer.concat([token, sealed]))).toEqual(MIT_TOKEN.subarray(16));
  });

  it('stays what it was, however it was rotated, and whatever the cipher puts behind the message', () => {
    const bytes = (constraints: fc.IntArrayConstraints) =>
      fc.uint8Array(constraints).map((array) => Buffer.from(array));
    fc.assert(
      fc.property(
        bytes({ minLength: 32, maxLength: 300 }),
        fc.nat(0xffff),
        fc.nat(268),
        (body, rotation, messageLength) => {
          fc.pre(messageLength <= body.length - 16);
          const { token, sealed } = splitWrapToken(tokenOf(body, rotation), messageLength);
          expect(sealed).toHaveLength(messageLength);
          expect(unrotated(Buffer.concat([token, sealed]))).toEqual(body);
        },
      ),
    );
  });

  it.each([
    ['that is cut', '050406ff', 'is cut'],
    ['of GSS_GetMIC', '040404ffffffffff000000000905783c', 'no Kerberos wrap token'],
    ['without its filler', '05040600000000000000000009057800', 'no Kerberos wrap token'],
    ['of RC4', '602b06092a864886f71201020202011100ffffffff', 'AES is needed'],
  ])('%s is refused', (_, hex, reason) => {
    expect(() => readWrapTokenHeader(Buffer.from(hex, 'hex'))).toThrow(reason);
  });

  it('is not parted when the message would be longer than it', () => {
    expect(() => splitWrapToken(MIT_TOKEN, 34)).toThrow('unknown form');
  });

  it('is not parted when there is filler behind the message', () => {
    const token = Buffer.from(MIT_TOKEN);
    token.writeUInt16BE(16, 4);
    expect(() => splitWrapToken(token, 5)).toThrow('unknown form');
  });
});
