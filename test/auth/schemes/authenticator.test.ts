import { describe, expect, it } from 'vitest';
import type {
  AuthenticationResult,
  AuthenticationScheme,
  Peer,
} from '../../../src/auth/schemes/authentication-scheme.js';
import { createAuthenticator } from '../../../src/auth/schemes/authenticator.js';

const PEER: Peer = { tls: true, address: '192.0.2.7', loopback: false };

/** A scheme that takes anything it is asked about. */
function gullible(
  name: string,
  result: AuthenticationResult = { kind: 'authenticated', user: name },
): AuthenticationScheme {
  return {
    name,
    challenge: (peer) => (peer.tls ? `${name} x` : undefined),
    securityProfile: ({ tls }) => (tls ? `urn:${name}` : undefined),
    authenticate: () => result,
  };
}

describe('the authenticator', () => {
  it('asks the scheme that is named, in any case', () => {
    const authenticator = createAuthenticator([gullible('Basic'), gullible('Negotiate')]);
    expect(authenticator.authenticate(['negotiate abc'], PEER)).toEqual({ kind: 'authenticated', user: 'Negotiate' });
  });

  it.each([
    [[], 'no Authorization header'],
    [[''], 'an empty Authorization header'],
    [[' '], 'an unknown scheme'],
    [['bearer x'], 'the scheme Bearer is not enabled'],
    [['CredSSP x'], 'the scheme CredSSP is not enabled'],
    [['hunter2'], 'an unknown scheme'],
    [['Basic\tx'], 'an unknown scheme'],
    [['__proto__ x'], 'an unknown scheme'],
    [['Basic x', 'Basic x'], 'more than one Authorization header'],
    [['Basic x', ''], 'more than one Authorization header'],
  ])('refuses %j even if every scheme would not: %s', (headers, reason) => {
    const authenticator = createAuthenticator([gullible('Basic')]);
    expect(authenticator.authenticate(headers, PEER)).toEqual({ kind: 'refused', reason });
  });

  it('refuses everybody when no scheme is enabled', () => {
    expect(createAuthenticator([]).authenticate(['Basic YTpi'], PEER)).toMatchObject({ kind: 'refused' });
  });

  it('lists what a peer may try, in order, and nothing that is not offered to it', () => {
    const authenticator = createAuthenticator([gullible('Negotiate'), gullible('Basic')]);
    expect(authenticator.challenges(PEER)).toEqual(['Negotiate x', 'Basic x']);
    expect(authenticator.challenges({ ...PEER, tls: false })).toEqual([]);
  });

  it('lists the profiles of a listener', () => {
    const authenticator = createAuthenticator([gullible('Basic')]);
    expect([true, false].map((tls) => authenticator.securityProfiles({ tls, loopback: true }))).toEqual([
      ['urn:Basic'],
      [],
    ]);
  });

  it('lists a profile once that two schemes have', () => {
    const kerberos = { ...gullible('Kerberos'), securityProfile: () => 'urn:spnego' };
    const authenticator = createAuthenticator([{ ...kerberos, name: 'Negotiate' }, kerberos]);
    expect(authenticator.securityProfiles({ tls: true, loopback: true })).toEqual(['urn:spnego']);
  });

  it('names the scheme whose next leg is due', () => {
    const authenticator = createAuthenticator([gullible('Negotiate', { kind: 'continue', token: 'abc' })]);
    expect(authenticator.authenticate(['Negotiate x'], PEER)).toEqual({ kind: 'continue', challenge: 'Negotiate abc' });
  });

  it('names the scheme in front of its last word, and passes on what belongs to the connection', () => {
    const result: AuthenticationResult = { kind: 'authenticated', user: 'alice', connection: {}, token: 'abc' };
    const authenticator = createAuthenticator([gullible('Negotiate', result)]);
    expect(authenticator.authenticate(['Negotiate x'], PEER)).toEqual({
      ...{ kind: 'authenticated', user: 'alice', connection: {}, challenge: 'Negotiate abc' },
    });
  });
});
