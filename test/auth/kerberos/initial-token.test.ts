import { describe, expect, it } from 'vitest';
import { DerTag } from '../../../src/auth/der/der-reader.js';
import { writeDer } from '../../../src/auth/der/der-writer.js';
import { writeObjectIdentifier } from '../../../src/auth/der/object-identifier.js';
import {
  checkInitialToken,
  KERBEROS_OID,
  MS_KERBEROS_OID,
  mechanismOfToken,
} from '../../../src/auth/kerberos/initial-token.js';
import { SPNEGO_OID } from '../../../src/auth/spnego/neg-token-init.js';

const framed = (oid: string, hex: string) =>
  writeDer(DerTag.application0, writeObjectIdentifier(oid), Buffer.from(hex, 'hex'));
const AP_REQUEST = framed(KERBEROS_OID, '01006e00');

describe('the first token of Kerberos', () => {
  it('is a KRB_AP_REQ in the frame of GSSAPI', () => {
    expect(() => checkInitialToken(AP_REQUEST)).not.toThrow();
  });

  it.each([
    ['of another mechanism', framed(SPNEGO_OID, '0100'), `a token of the mechanism ${SPNEGO_OID}`],
    ['with the identifier of Windows 2000', framed(MS_KERBEROS_OID, '01006e00'), MS_KERBEROS_OID],
    ['with an AP-REP', framed(KERBEROS_OID, '02006f00'), 'no KRB_AP_REQ'],
    ['with nothing in it', framed(KERBEROS_OID, ''), 'no KRB_AP_REQ'],
    ['that is cut', AP_REQUEST.subarray(0, -1), 'longer than what it is in'],
    ['with something behind it', Buffer.concat([AP_REQUEST, Buffer.of(0)]), 'something follows its end'],
    ['without a frame', Buffer.from('6e820000', 'hex'), 'InitialContextToken'],
    ['that is empty', Buffer.alloc(0), 'cut'],
  ])('is refused %s', (_, token, reason) => {
    expect(() => checkInitialToken(token)).toThrow(reason);
  });

  it.each([
    [AP_REQUEST, KERBEROS_OID],
    [framed(SPNEGO_OID, 'a000'), SPNEGO_OID],
    [Buffer.from('NTLMSSP\0'), undefined],
    [Buffer.alloc(0), undefined],
  ])('tells for which mechanism it is', (token, mechanism) => {
    expect(mechanismOfToken(token)).toBe(mechanism);
  });
});
