import { describe, expect, it } from 'vitest';
import type { MessageSecurity } from '../../src/auth/message-encryption/message-security.js';
import type { AuthenticatedUser } from '../../src/auth/schemes/authentication-scheme.js';
import { reasonField } from '../../src/http/reason-field.js';
import type { TellReasons } from '../../src/http/tell-reasons.js';

const caller: AuthenticatedUser = { kind: 'authenticated', user: 'lab' };
const security: MessageSecurity = {
  protocol: 'x',
  unwrap: (_token, sealed) => sealed,
  wrap: (message) => ({ token: message, sealed: message }),
};
const local = { caller, security: undefined, connection: { loopback: true, tls: false }, request: { headers: {} } };
const remote = { ...local, connection: { loopback: false, tls: false } };
const remoteTls = { ...local, connection: { loopback: false, tls: true } };
const proxied = { ...local, request: { headers: { 'x-forwarded-for': '192.0.2.1' } } };

const isTold = (audience: typeof local | object, tell: TellReasons) =>
  reasonField(audience as typeof local, { tellable: 'why' }, tell) !== undefined;

describe('the reason is told', () => {
  it.each<readonly [string, object, boolean, boolean]>([
    ['on this machine', local, true, true],
    ['on this machine beside a sealed message', { ...local, security }, true, true],
    ['elsewhere', remote, false, true],
    ['elsewhere beside a sealed message', { ...remote, security }, false, false],
    ['elsewhere over TLS', remoteTls, false, true],
    ['elsewhere beside a sealed message within TLS', { ...remoteTls, security }, false, true],
    ['behind a proxy on this machine', proxied, false, true],
    ['to nobody known', { ...local, caller: undefined }, false, false],
  ])('to a caller %s as the setting says', (_where, audience, loopback, always) => {
    const told = [isTold(audience, 'never'), isTold(audience, 'loopback'), isTold(audience, 'always')];
    expect(told).toEqual([false, loopback, always]);
  });
});

describe('the field of a reason', () => {
  const field = (tellable: string | undefined) => reasonField(local, { tellable }, 'loopback');

  it('is not there without one', () => {
    expect(field(undefined)).toBeUndefined();
  });

  it('is percent-encoded UTF-8, of which nothing ends a header line', () => {
    expect(field('a b\r\nX: é😀')).toBe('a%20b%0D%0AX%3A%20%C3%A9%F0%9F%98%80');
  });

  it.each(['x', 'é', '€', '😀'])('has at most 1 KB, and ends with a whole character: %s', (character) => {
    const encoded = field(character.repeat(2000)) ?? '';
    expect(encoded.length).toBeLessThanOrEqual(1024);
    expect(encoded.length).toBeGreaterThan(1024 - encodeURIComponent(character).length);
    expect(decodeURIComponent(encoded)).toBe(character.repeat(encoded.length / encodeURIComponent(character).length));
  });

  it('has a sign in the place of half a character', () => {
    expect(field('a\uD800b')).toBe('a%EF%BF%BDb');
  });
});
