import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openUserStore } from '../../../src/auth/accounts/user-store.js';
import { answerNegotiate } from '../../../src/auth/ntlm/answer-negotiate.js';
import { readAvPairs } from '../../../src/auth/ntlm/av-pairs.js';
import { readChallengeMessage } from '../../../src/auth/ntlm/challenge-message.js';
import { joinFlags, NegotiateFlag } from '../../../src/auth/ntlm/negotiate-flags.js';
import { writeNegotiateMessage } from '../../../src/auth/ntlm/negotiate-message.js';
import { type NtlmCredentials, type NtlmInitiatorOptions, startNtlm } from '../../../src/auth/ntlm/ntlm-initiator.js';
import { createNtlmMechanism } from '../../../src/auth/ntlm/ntlm-mechanism.js';
import { verifyAuthenticate } from '../../../src/auth/ntlm/verify-authenticate.js';
import type { AuthenticationResult, Peer } from '../../../src/auth/schemes/authentication-scheme.js';
import { createNtlmScheme } from '../../../src/auth/schemes/negotiate.js';
import {
  ALICE,
  accounts,
  CERTIFICATE_HASH,
  connect,
  connectTls,
  exchange,
  NAMES,
  negotiateServer,
  send,
} from '../../auth/negotiation.js';

type Scheme = Awaited<ReturnType<typeof negotiateServer>>;

/** Both legs on one connection. */
async function signIn(
  scheme: Scheme,
  credentials: NtlmCredentials = ALICE,
  options: NtlmInitiatorOptions = {},
  peer: Peer = connect(),
) {
  const client = startNtlm(credentials, options);
  const { token, security } = client.authenticate(await exchange(scheme, peer, client.negotiate));
  return { result: await send(scheme, peer, token), security, token };
}

function securityOf(result: AuthenticationResult) {
  if (result.kind !== 'authenticated') throw new Error(JSON.stringify(result));
  return result.connection?.security;
}

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();

describe('an NTLM sign-in', () => {
  it('names the user as the account is written, and belongs to the connection', async () => {
    const { result } = await signIn(await negotiateServer(), { user: 'ALICE', password: 'secret' });
    expect(result).toMatchObject({ kind: 'authenticated', user: 'alice', connection: {} });
  });

  it('leaves nothing behind in the conversation', async () => {
    const peer = connect();
    await signIn(await negotiateServer(), ALICE, {}, peer);
    expect(peer.conversation).toBeUndefined();
  });

  it('has both sides read what the other one sealed, in order', async () => {
    const { result, security: client } = await signIn(await negotiateServer());
    const server = securityOf(result);
    for (const message of ['one', '', 'three']) {
      const request = await client?.wrap(Buffer.from(message));
      if (request) expect(text(await server?.unwrap(request.token, request.sealed))).toBe(message);
      const answer = await server?.wrap(Buffer.from(`re: ${message}`));
      if (answer) expect(text(await client?.unwrap(answer.token, answer.sealed))).toBe(`re: ${message}`);
    }
    expect(client?.protocol).toBe('application/HTTP-SPNEGO-session-encrypted');
  });

  it('brings no message security when the client asked for none', async () => {
    const { result } = await signIn(await negotiateServer(), ALICE, { seal: false });
    expect(securityOf(result)).toBeUndefined();
  });

  it('can follow another one on the same connection', async () => {
    const scheme = await negotiateServer();
    const peer = connect();
    await signIn(scheme, ALICE, {}, peer);
    const { result } = await signIn(scheme, { user: 'bob', password: 'hidden' }, {}, peer);
    expect(result).toMatchObject({ kind: 'authenticated', user: 'bob' });
  });

  it('works for any name, domain and password', async () => {
    const word = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter((s) => !/[\p{Cc}\p{Cs}:\\@]/u.test(s));
    await fc.assert(
      fc.asyncProperty(word, word, word, async (user, domain, password) => {
        const users = await openUserStore({ cost: { N: 2, r: 1, p: 1 }, ntHashes: true });
        await users.add(user, password);
        const { result } = await signIn(createNtlmScheme(users, { names: NAMES }), {
          ...{ user, domain, password: password.normalize('NFC') },
        });
        expect(result).toMatchObject({ kind: 'authenticated', user });
      }),
      { numRuns: 100 },
    );
  });

  it('is refused with another password, and says so in the log only', async () => {
    const { result } = await signIn(await negotiateServer(), { user: 'alice', password: 'Secret' });
    expect(result).toEqual({ kind: 'refused', reason: 'Negotiate: wrong password for "alice"' });
  });

  it('is refused for a user that does not exist', async () => {
    const { result } = await signIn(await negotiateServer(), { user: 'mallory', password: 'secret' });
    expect(result).toEqual({ kind: 'refused', reason: 'Negotiate: no such user: "mallory"' });
  });

  it('is refused for an account that was made while NTLM was off', async () => {
    const users = await openUserStore({ cost: { N: 2, r: 1, p: 1 } });
    await users.add('alice', 'secret');
    const { result } = await signIn(createNtlmScheme(users, { names: NAMES }));
    expect(result).toMatchObject({ kind: 'refused', reason: expect.stringContaining('without NT hash') });
  });

  it('carries no token when it succeeds: raw NTLM has no last word', async () => {
    const { result } = await signIn(await negotiateServer());
    expect(result).not.toHaveProperty('token');
  });
});

describe('the challenge', () => {
  const challengeFor = async (flags: number) => {
    const scheme = await negotiateServer();
    return readChallengeMessage(await exchange(scheme, connect(), writeNegotiateMessage(flags)));
  };
  const utf16 = (value: string): Buffer => Buffer.from(value, 'utf16le');

  it('names the server, and tells the time', async () => {
    const { targetName, targetInfo } = await challengeFor(NegotiateFlag.unicode);
    expect(targetName).toBe('ISCSI-A');
    const pairs = readAvPairs(targetInfo);
    expect([...pairs.keys()]).toEqual([2, 1, 3, 7]);
    expect([pairs.get(1), pairs.get(3)]).toEqual([utf16('ISCSI-A'), utf16('iscsi-a.lab.example')]);
  });

  it('is another one every time', async () => {
    const challenges = await Promise.all(Array.from({ length: 50 }, () => challengeFor(NegotiateFlag.unicode)));
    expect(new Set(challenges.map(({ challenge }) => challenge.toString('hex'))).size).toBe(50);
  });

  it('agrees to what a Windows client asks for, but not to OEM texts beside Unicode nor to LM keys', async () => {
    const { flags } = await challengeFor(0xe208_82b7);
    expect(flags.toString(16)).toBe('e28a8235');
  });

  it('agrees to no keys when there is nothing to protect with them', async () => {
    const { flags } = await challengeFor(0xe008_8207);
    expect(flags.toString(16)).toBe('8a8205');
  });

  it('is in the OEM set for a client that knows no other', async () => {
    expect((await challengeFor(NegotiateFlag.oem)).targetName).toBe('ISCSI-A');
  });

  it.each([
    ['no character set', NegotiateFlag.ntlm, 'without a character set'],
    ['sealing with 56-bit keys', joinFlags(0x8008_8237), 'without 128-bit keys'],
    ['signing without extended session security', 0x2000_8217, 'without extended session security'],
  ])('is not given for %s', async (_, flags, reason) => {
    const result = await send(await negotiateServer(), connect(), writeNegotiateMessage(flags));
    expect(result).toMatchObject({ kind: 'refused', reason: expect.stringContaining(reason) });
  });
});

describe('an answer to a challenge', () => {
  it('is taken once by the mechanism itself, whoever holds the conversation', async () => {
    const { ntHashOf } = await accounts();
    const conversation = createNtlmMechanism({ names: NAMES, ntHashOf }).start(connect());
    const client = startNtlm(ALICE);
    const challenge = await conversation.step(client.negotiate);
    if (challenge.kind !== 'continue') throw new Error(challenge.kind);
    const { token } = client.authenticate(challenge.token);
    await conversation.step(token);
    expect(await conversation.step(token)).toEqual({
      ...{ kind: 'refused', reason: 'the challenge has been answered already' },
    });
  });

  it.each([
    ['sealing', NegotiateFlag.seal],
    ['a key exchange', NegotiateFlag.keyExchange],
  ])('is refused when it takes on %s that was not agreed to', async (_, flag) => {
    const { ntHashOf } = await accounts();
    const client = startNtlm(ALICE);
    const pending = answerNegotiate(client.negotiate, NAMES);
    const { token } = client.authenticate(pending.challenge);
    const context = { names: NAMES, domain: 'ignored', channelBinding: 'relaxed', tls: false, ntHashOf } as const;
    const check = (flags: number) =>
      verifyAuthenticate({ ...pending, flags }, token, { ...context, serverEndPoint: undefined });
    expect(check(pending.flags)).toMatchObject({ kind: 'authenticated' });
    expect(check(pending.flags & ~flag)).toMatchObject({ reason: expect.stringContaining('not agreed to') });
  });
});

describe('the domain of a user', () => {
  it.each([
    ['ignored', 'ELSEWHERE', 'authenticated'],
    ['ignored', undefined, 'authenticated'],
    ['matched', 'iscsi-a', 'authenticated'],
    ['matched', '.', 'authenticated'],
    ['matched', 'ISCSI-A.lab.example', 'authenticated'],
    ['matched', undefined, 'authenticated'],
    ['matched', 'ELSEWHERE', 'refused'],
    ['required', 'ISCSI-A', 'authenticated'],
    ['required', undefined, 'refused'],
    ['required', 'ELSEWHERE', 'refused'],
  ] as const)('%s, given %s: %s', async (domain, given, kind) => {
    const credentials = given === undefined ? ALICE : { ...ALICE, domain: given };
    const { result } = await signIn(await negotiateServer({ domain }), credentials);
    expect(result.kind).toBe(kind);
  });

  it('may stand after the name', async () => {
    const scheme = await negotiateServer({ domain: 'required' });
    const { result } = await signIn(scheme, { user: 'alice@iscsi-a.lab.example', password: 'secret' });
    expect(result).toMatchObject({ kind: 'authenticated', user: 'alice' });
  });
});

describe('the channel binding', () => {
  const right = { serverEndPoint: CERTIFICATE_HASH };
  const wrong = { serverEndPoint: Buffer.alloc(32, 1) };
  it.each([
    ['none', 'wrong', wrong, true, 'authenticated'],
    ['relaxed', 'right', right, true, 'authenticated'],
    ['relaxed', 'missing', {}, true, 'authenticated'],
    ['relaxed', 'wrong', wrong, true, 'refused'],
    ['relaxed', 'of an HTTPS connection', right, false, 'refused'],
    ['strict', 'right', right, true, 'authenticated'],
    ['strict', 'missing', {}, true, 'refused'],
    ['strict', 'wrong', wrong, true, 'refused'],
    ['strict', 'missing', {}, false, 'authenticated'],
  ] as const)('%s, and the client has one that is %s: %#', async (channelBinding, _, options, tls, kind) => {
    const scheme = await negotiateServer({ channelBinding });
    const { result } = await signIn(scheme, ALICE, options, tls ? connectTls() : connect());
    expect(result.kind).toBe(kind);
  });

  it('that is wrong is not told apart from nothing before the password is right', async () => {
    const { result } = await signIn(await negotiateServer(), { ...ALICE, password: 'x' }, wrong, connectTls());
    expect(result).toMatchObject({ reason: 'Negotiate: wrong password for "alice"' });
  });
});

describe('the scheme NTLM', () => {
  it('is answered and not offered', async () => {
    const scheme = createNtlmScheme(await accounts(), { names: NAMES });
    expect([scheme.challenge(connect()), scheme.securityProfile(connect())]).toEqual([undefined, undefined]);
    expect((await signIn(scheme)).result).toMatchObject({ kind: 'authenticated' });
  });
});

it('a client whose clock is days off is let in, and the log hears of it', async () => {
  const users = await accounts();
  let now = new Date('2026-11-22T12:00:00Z');
  const mechanism = createNtlmMechanism({ names: NAMES, ntHashOf: users.ntHashOf, now: () => now });
  const conversation = mechanism.start(connect());
  const client = startNtlm(ALICE);
  const challenge = await conversation.step(client.negotiate);
  if (challenge.kind !== 'continue') throw new Error(challenge.kind);
  now = new Date('2026-11-25T12:00:00Z');
  const result = await conversation.step(client.authenticate(challenge.token).token);
  expect(result).toMatchObject({ kind: 'authenticated', warning: "the client's clock is -72 hours off" });
});
