import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hmacMd5 } from '../../../src/auth/ntlm/hmac-md5.js';
import { md4 } from '../../../src/auth/ntlm/md4.js';
import { ntHash } from '../../../src/auth/ntlm/nt-hash.js';
import { upperCaseForms } from '../../../src/auth/ntlm/ntlmv2.js';
import { createRc4, rc4Once } from '../../../src/auth/ntlm/rc4.js';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('MD4', () => {
  it.each([
    // RFC 1320 A.5
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
    ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
    ['message digest', 'd9130a8164549fe818874806e1c7014b'],
    ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '043f8582f241db351ce627e153e7f0e4'],
    [
      '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
      'e33b4ddc9c38f2199c3e7b164fcc0536',
    ],
  ])('of %j is %s', (text, digest) => {
    expect(md4(Buffer.from(text)).toString('hex')).toBe(digest);
  });

  it('gives sixteen bytes at every length around the end of a block', () => {
    const digests = Array.from({ length: 140 }, (_, length) => md4(Buffer.alloc(length)).toString('hex'));
    expect(new Set(digests).size).toBe(140);
    expect(digests.every((digest) => digest.length === 32)).toBe(true);
  });
});

describe('RC4', () => {
  // RFC 6229 §2
  it.each([
    ['0102030405', 0, 'b2396305f03dc027ccc3524a0a1118a8'],
    ['0102030405', 16, '6982944f18fc82d589c403a47a0d0919'],
    ['0102030405', 240, '28cb1132c96ce286421dcaadb8b69eae'],
    ['0102030405', 4080, '068326a2118416d21f9d04b2cd1ca050'],
    ['0102030405', 4096, 'ff25b58995996707e51fbdf08b34d875'],
    ['0102030405060708090a0b0c0d0e0f10', 0, '9ac7cc9a609d1ef7b2932899cde41b97'],
    ['0102030405060708090a0b0c0d0e0f10', 16, '5248c4959014126a6e8a84f11d1a9e1c'],
    ['0102030405060708090a0b0c0d0e0f10', 240, '065902e4b620f6cc36c8589f66432f2b'],
    ['0102030405060708090a0b0c0d0e0f10', 4080, 'ff38265c1642c1abe8d3c2fe5e572bf8'],
    ['0102030405060708090a0b0c0d0e0f10', 4096, 'a36a4c301ae8ac13610ccbc12256cacc'],
  ])('with the key %s has at %d %s', (key, offset, stream) => {
    expect(
      rc4Once(hex(key), Buffer.alloc(offset + 16))
        .subarray(offset)
        .toString('hex'),
    ).toBe(stream);
  });

  it('goes on where the last message ended', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.array(fc.uint8Array()), (key, parts) => {
        const cipher = createRc4(key);
        const expected = rc4Once(key, Buffer.concat(parts));
        for (const part of parts) cipher.apply(part);
        expect(Buffer.concat(parts)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it.each([4095, 4096, 4097, 12_289])('goes on behind a message of %d bytes', (length) => {
    const key = hex('0102030405');
    const parts = [Buffer.alloc(length), Buffer.alloc(300)];
    const expected = rc4Once(key, Buffer.concat(parts));
    const cipher = createRc4(key);
    for (const part of parts) cipher.apply(part);
    expect(Buffer.concat(parts)).toEqual(expected);
  });

  it('keeps the streams of several connections apart', () => {
    const keys = [hex('0102030405'), hex('0102030405060708090a0b0c0d0e0f10'), hex('ff')];
    const ciphers = keys.map(createRc4);
    const streams = keys.map((key) => rc4Once(key, Buffer.alloc(3 * 50)));
    for (let round = 0; round < 3; round++) {
      for (const [n, cipher] of ciphers.entries()) {
        const part = Buffer.alloc(50);
        cipher.apply(part);
        expect(part).toEqual(streams[n]?.subarray(round * 50, (round + 1) * 50));
      }
    }
  });

  it('undoes itself', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.uint8Array(), (key, data) => {
        expect(rc4Once(key, rc4Once(key, data))).toEqual(Buffer.from(data));
      }),
      { numRuns: 200 },
    );
  });
});

describe('the NT hash', () => {
  it('is the one that Windows has for the password (MS-NLMP 4.2.2.1.2)', () => {
    expect(ntHash('Password').toString('hex')).toBe('a4f49c406510bdcab6824ee7c30fd852');
  });

  it('is the same for both Unicode forms of a password', () => {
    expect(ntHash('caf\u00e9')).toEqual(ntHash('cafe\u0301'));
  });
});

describe('names in upper case', () => {
  it.each([
    ['user', ['USER']],
    ['\u00e9va', ['\u00c9VA']],
    ['stra\u00dfe', ['STRA\u00dfE', 'STRASSE']],
    ['', ['']],
  ])('%s becomes %j', (name, forms) => {
    expect(upperCaseForms(name)).toEqual(forms);
  });
});

describe('HMAC-MD5', () => {
  // RFC 2202 §2
  it.each([
    ['0b'.repeat(16), Buffer.from('Hi There'), '9294727a3638bb1c13f48ef8158bfc9d'],
    [
      Buffer.from('Jefe').toString('hex'),
      Buffer.from('what do ya want for nothing?'),
      '750c783e6ab0b503eaa86e310a5db738',
    ],
    ['aa'.repeat(16), Buffer.alloc(50, 0xdd), '56be34521d144c88dbb8c733f0e8b3f6'],
    [
      'aa'.repeat(80),
      Buffer.from('Test Using Larger Than Block-Size Key - Hash Key First'),
      '6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd',
    ],
  ])('under the key %s is that of RFC 2202', (key, text, mac) => {
    expect(hmacMd5(hex(key), text).toString('hex')).toBe(mac);
  });

  it.each([0, 1, 1_600, 16_319, 16_320, 16_321, 100_000])('over %d bytes in parts is that of OpenSSL', (length) => {
    const key = Buffer.from('key');
    const text = Buffer.from(Array.from({ length }, (_, i) => i));
    const third = Math.floor(length / 3);
    const mac = hmacMd5(key, text.subarray(0, third), text.subarray(third));
    expect(mac).toEqual(createHmac('md5', key).update(text).digest());
  });

  it('gives a buffer that later calls leave alone', () => {
    const first = hmacMd5(Buffer.from('key'), Buffer.from('one'));
    const copy = Buffer.from(first);
    hmacMd5(Buffer.from('key'), Buffer.from('two'));
    expect(first).toEqual(copy);
  });
});
