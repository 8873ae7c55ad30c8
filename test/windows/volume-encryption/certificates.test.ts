import { describe, expect, it } from 'vitest';
import { readCertificate } from '../../../src/windows/volume-encryption/certificates.js';
import {
  SELF_SIGNED_CERTIFICATE,
  SELF_SIGNED_THUMBPRINT,
  USER_CERTIFICATE,
  USER_THUMBPRINT,
} from '../../../src/windows/volume-encryption/table-certificates.js';

describe('certificates', () => {
  it('are read from DER and from base64', () => {
    const read = readCertificate(USER_CERTIFICATE, true);
    expect(read).toMatchObject({
      ...{ thumbprint: USER_THUMBPRINT, subject: 'CN=Lab BitLocker user', isSelfSigned: false, hasPrivateKey: true },
      usages: ['1.3.6.1.4.1.311.67.1.1'],
    });
    const text = `-----BEGIN CERTIFICATE-----\n${Buffer.from(USER_CERTIFICATE).toString('base64')}\n-----END CERTIFICATE-----\n`;
    expect(readCertificate([...Buffer.from(text)])?.thumbprint).toBe(USER_THUMBPRINT);
  });

  it('say whether they signed themselves', () => {
    expect(readCertificate(SELF_SIGNED_CERTIFICATE)).toMatchObject({
      ...{ thumbprint: SELF_SIGNED_THUMBPRINT, isSelfSigned: true, hasPrivateKey: false },
    });
  });

  it('are none when bytes are something else', () => {
    expect(readCertificate([1, 2, 3])).toBeUndefined();
  });
});
