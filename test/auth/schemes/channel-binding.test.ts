import 'reflect-metadata';
import { createHash, webcrypto } from 'node:crypto';
import { X509CertificateGenerator } from '@peculiar/x509';
import { describe, expect, it } from 'vitest';
import { tlsServerEndPoint } from '../../../src/auth/certificates/tls-server-end-point.js';
import { channelBindingHash } from '../../../src/auth/schemes/channel-binding.js';

const rsa = { modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) };

async function certificate(
  algorithm: webcrypto.RsaHashedKeyGenParams | webcrypto.EcKeyGenParams,
  signing: webcrypto.AlgorithmIdentifier,
) {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const made = await X509CertificateGenerator.createSelfSigned(
    { name: 'CN=test', keys: keys as webcrypto.CryptoKeyPair, signingAlgorithm: signing },
    webcrypto,
  );
  return Buffer.from(made.rawData);
}

describe('tls-server-end-point (RFC 5929 §4.1)', () => {
  it.each([
    ['RSA with SHA-1', { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-1', ...rsa }, { name: 'RSASSA-PKCS1-v1_5' }, 'sha256'],
    [
      'RSA with SHA-256',
      { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', ...rsa },
      { name: 'RSASSA-PKCS1-v1_5' },
      'sha256',
    ],
    [
      'RSA with SHA-384',
      { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384', ...rsa },
      { name: 'RSASSA-PKCS1-v1_5' },
      'sha384',
    ],
    [
      'RSA-PSS with SHA-512',
      { name: 'RSA-PSS', hash: 'SHA-512', ...rsa },
      { name: 'RSA-PSS', saltLength: 64 },
      'sha512',
    ],
    ['ECDSA with SHA-256', { name: 'ECDSA', namedCurve: 'P-256' }, { name: 'ECDSA', hash: 'SHA-256' }, 'sha256'],
    ['ECDSA with SHA-384', { name: 'ECDSA', namedCurve: 'P-384' }, { name: 'ECDSA', hash: 'SHA-384' }, 'sha384'],
  ])('of %s', async (_, algorithm, signing, hash) => {
    const der = await certificate(algorithm, signing);
    expect(tlsServerEndPoint(der)).toEqual(createHash(hash).update(der).digest());
  });

  it('is not defined for Ed25519', async () => {
    const der = await certificate({ name: 'Ed25519' } as webcrypto.EcKeyGenParams, { name: 'Ed25519' });
    expect(tlsServerEndPoint(der)).toBeUndefined();
  });

  it.each(['', '3000', '30820000', 'not a certificate'])('is not to be had from %j', (text) => {
    expect(tlsServerEndPoint(Buffer.from(text, /^[0-9a-f]*$/.test(text) ? 'hex' : 'utf8'))).toBeUndefined();
  });
});

it('the hash of a channel is MD5 over RFC 2744 bindings without addresses', () => {
  const bindings = Buffer.from(`${'00'.repeat(16)}19000000`, 'hex');
  const expected = createHash('md5').update(bindings).update('tls-server-end-point:abcd').digest();
  expect(channelBindingHash(Buffer.from('abcd'))).toEqual(expected);
});
