import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { challengeOf, offeredSchemes, parseChallenges } from '../../../src/client/transport/parse-challenges.js';

function answer(value: string) {
  return { headers: new Map([['www-authenticate', value]]) };
}

describe('the challenges of an answer', () => {
  it.each([
    ['Negotiate', [{ scheme: 'Negotiate' }]],
    ['Negotiate, Basic realm="WSMAN", CredSSP', [{ scheme: 'Negotiate' }, { scheme: 'Basic' }, { scheme: 'CredSSP' }]],
    ['Negotiate TlRMTVNTUAAC==', [{ scheme: 'Negotiate', token: 'TlRMTVNTUAAC==' }]],
    ['Negotiate TlRM/+=, Basic realm="a"', [{ scheme: 'Negotiate', token: 'TlRM/+=' }, { scheme: 'Basic' }]],
    ['Basic realm="a, Negotiate", charset="UTF-8", Kerberos', [{ scheme: 'Basic' }, { scheme: 'Kerberos' }]],
    ['Digest realm="x",qop="auth",nonce="a\\",b"', [{ scheme: 'Digest' }]],
    ['', []],
    [', ,', []],
  ])('are read from %s', (value, expected) => {
    expect(parseChallenges(answer(value))).toEqual(expected);
  });

  it('are none without the field', () => {
    expect(parseChallenges({ headers: new Map() })).toEqual([]);
  });

  it('are found whatever the letter case, and named once each', () => {
    expect(challengeOf(answer('NEGOTIATE abc='), 'Negotiate')?.token).toBe('abc=');
    expect(offeredSchemes(answer('Basic realm="a", Basic realm="b", Negotiate'))).toBe('Basic, Negotiate');
  });

  it('are read from any text without failing', () => {
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(parseChallenges(answer(text)))));
  });
});
