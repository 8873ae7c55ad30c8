import { describe, expect, it } from 'vitest';
import {
  readAuthenticateMessage,
  withMic,
  writeAuthenticateMessage,
} from '../../../src/auth/ntlm/authenticate-message.js';
import { readChallengeMessage } from '../../../src/auth/ntlm/challenge-message.js';
import { NegotiateFlag } from '../../../src/auth/ntlm/negotiate-flags.js';
import { startNtlm } from '../../../src/auth/ntlm/ntlm-initiator.js';
import type { AuthenticationScheme } from '../../../src/auth/schemes/authentication-scheme.js';
import { createAuthenticator } from '../../../src/auth/schemes/authenticator.js';
import { createBasicScheme } from '../../../src/auth/schemes/basic.js';
import { createNegotiateScheme, createNtlmScheme } from '../../../src/auth/schemes/negotiate.js';
import {
  ALICE,
  accounts,
  connect,
  connectTls,
  exchange,
  NAMES,
  negotiateServer,
  send,
} from '../../auth/negotiation.js';
import { beforeLastLeg } from './before-last-leg.js';

/** The message with some fields replaced, its MIC kept. */
function rewritten(token: Buffer, over: Partial<ReturnType<typeof readAuthenticateMessage>>): Buffer {
  return writeAuthenticateMessage({ ...readAuthenticateMessage(token), ...over }, { lmResponse: Buffer.alloc(24) });
}

/** The message with other bytes at a position. */
function patched(token: Buffer, at: number, bytes: readonly number[]): Buffer {
  const copy = Buffer.from(token);
  copy.set(bytes, at);
  return copy;
}

const NT_RESPONSE = 20;
const USER = 36;
const FLAGS = 60;

describe('CVE-2021-38647 (OMIGOD): nothing of an Authorization is nobody', () => {
  it.each([
    ['none', []],
    ['an empty one', ['']],
    ['two, one of them good', 'doubled'],
    ['the scheme alone', ['Negotiate']],
    ['the scheme and blanks', ['Negotiate    ']],
    ['garbage', ['Negotiate !!!!']],
    ['a token of another protocol', [`Negotiate ${Buffer.from('GIF89a').toString('base64')}`]],
    ['an unknown scheme', ['CredSSP AAAA']],
  ] as const)('%s', async (_, fields) => {
    const users = await accounts();
    const authenticator = createAuthenticator([
      createNegotiateScheme(users, { names: NAMES }),
      createNtlmScheme(users, { names: NAMES }),
      createBasicScheme(users),
    ]);
    const good = `Basic ${Buffer.from('alice:secret').toString('base64')}`;
    const sent = fields === 'doubled' ? [good, 'Negotiate AAAA'] : fields;
    expect(await authenticator.authenticate(sent, connectTls())).toMatchObject({ kind: 'refused' });
  });

  it('the last leg alone, on a new connection', async () => {
    const { scheme, token } = await beforeLastLeg();
    expect(await send(scheme, connect(), token)).toEqual({
      kind: 'refused',
      reason: 'Negotiate: a token that answers nothing on this connection',
    });
  });

  it('garbage ends what was begun: the good answer that follows comes too late', async () => {
    const { scheme, peer, token, finish } = await beforeLastLeg();
    await scheme.authenticate({ authorization: 'Negotiate ????', peer });
    expect(await finish(token)).toMatchObject({ kind: 'refused' });
  });
});

describe('CVE-2017-5689 (AMT): a proof counts in its full length', () => {
  it.each([0, 1, 8, 15, 16, 23, 25, 43])('a response of %d bytes is none', async (length) => {
    const { token, finish } = await beforeLastLeg();
    const { ntResponse } = readAuthenticateMessage(token);
    const result = await finish(rewritten(token, { ntResponse: ntResponse.subarray(0, length) }));
    expect(result).toMatchObject({ kind: 'refused' });
  });

  it('a proof of zeros is wrong', async () => {
    const { token, finish } = await beforeLastLeg();
    const { ntResponse } = readAuthenticateMessage(token);
    const zeros = Buffer.concat([Buffer.alloc(16), ntResponse.subarray(16)]);
    expect(await finish(rewritten(token, { ntResponse: zeros }))).toMatchObject({
      reason: expect.stringContaining('wrong password'),
    });
  });

  it('a response with more behind it is wrong', async () => {
    const { token, finish } = await beforeLastLeg();
    const { ntResponse } = readAuthenticateMessage(token);
    const longer = Buffer.concat([ntResponse, Buffer.alloc(1)]);
    expect(await finish(rewritten(token, { ntResponse: longer }))).toMatchObject({ kind: 'refused' });
  });
});

describe('CVE-2008-2234: long and malformed headers', () => {
  it.each([
    ['of 64 KiB', 'A'.repeat(65_536)],
    ['of 16 MiB', 'A'.repeat(16 * 1024 * 1024)],
    ['that is not base64', 'TlRMTVNTUAAB*'],
    ['with a NUL', 'TlRM\0TVNT'],
    ['with padding in the middle', 'Tl==RMTV'],
    ['that is not canonical', 'TlRMTVNTUAABA'],
  ])('a token %s', async (_, token) => {
    const scheme = await negotiateServer();
    const result = await scheme.authenticate({ authorization: `Negotiate ${token}`, peer: connect() });
    expect(result).toMatchObject({ kind: 'refused' });
  });
});

describe('CVE-2019-1040, -1166, -1338 (Drop the MIC)', () => {
  it('a MIC of zeros', async () => {
    const { token, finish } = await beforeLastLeg();
    expect(await finish(withMic(token))).toMatchObject({ reason: expect.stringContaining('the MIC is wrong') });
  });

  it('the MIC taken out, with its room', async () => {
    const { token, finish } = await beforeLastLeg();
    const result = await finish(rewritten(token, { mic: undefined }));
    expect(result).toMatchObject({ reason: expect.stringContaining('the MIC is wrong or was taken out') });
  });

  it('the flag that announces the MIC taken out: the proof covers it', async () => {
    const { token, finish } = await beforeLastLeg();
    const at = token.indexOf(Buffer.of(6, 0, 4, 0, 2, 0, 0, 0));
    expect(at).toBeGreaterThan(0);
    const result = await finish(patched(token, at + 4, [0]));
    expect(result).toMatchObject({ reason: expect.stringContaining('wrong password') });
  });

  it('the flags of NEGOTIATE changed on the way: the MIC covers all three messages', async () => {
    const scheme = await negotiateServer();
    const peer = connect();
    const client = startNtlm(ALICE);
    // Somebody in between takes nothing away that the client would miss.
    const changed = patched(client.negotiate, 14, [(client.negotiate[14] ?? 0) | 0x10]);
    const { token } = client.authenticate(await exchange(scheme, peer, changed));
    expect(await send(scheme, peer, token)).toMatchObject({ reason: expect.stringContaining('the MIC is wrong') });
  });

  it.each([
    ['sealing', NegotiateFlag.seal],
    ['the key exchange', NegotiateFlag.keyExchange],
    ['128-bit keys', NegotiateFlag.key128],
    ['extended session security', NegotiateFlag.extendedSessionSecurity],
  ])('%s taken out of the last message', async (_, flag) => {
    const { token, finish } = await beforeLastLeg();
    const flags = Buffer.alloc(4);
    flags.writeUInt32LE((token.readUInt32LE(FLAGS) & ~flag) >>> 0);
    expect(await finish(patched(token, FLAGS, [...flags]))).toMatchObject({ kind: 'refused' });
  });
});

describe('anonymous and older authentication is refused (MS-NLMP 3.2.5.1.2)', () => {
  const none = Buffer.alloc(0);
  it.each([
    ['no user and no response', { user: '', ntResponse: none }, 'anonymous'],
    ['no user, a good response', { user: '' }, 'anonymous'],
    ['a user and no response', { ntResponse: none }, 'no NT response'],
    ['an NTLMv1 response', { ntResponse: Buffer.alloc(24, 1) }, 'NTLMv1'],
    ['the flag for anonymous', { flags: 0x6089_8a35 }, 'anonymous'],
  ] as const)('%s', async (_, over, reason) => {
    const { token, finish } = await beforeLastLeg();
    expect(await finish(rewritten(token, over))).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining(reason),
    });
  });
});

describe('CVE-2010-0231: a challenge is random, for one answer', () => {
  it('eight bytes that differ, none of them always the same', async () => {
    const scheme = await negotiateServer();
    const { negotiate } = startNtlm(ALICE);
    const challenges = await Promise.all(
      Array.from(
        { length: 200 },
        async () => readChallengeMessage(await exchange(scheme, connect(), negotiate)).challenge,
      ),
    );
    for (let i = 0; i < 8; i++) expect(new Set(challenges.map((challenge) => challenge[i])).size).toBeGreaterThan(50);
  });

  it('the same answer again', async () => {
    const { token, finish } = await beforeLastLeg();
    await finish(token);
    expect(await finish(token)).toMatchObject({ kind: 'refused' });
  });

  it('a good answer after a bad one', async () => {
    const { token, finish } = await beforeLastLeg();
    await finish(withMic(token));
    expect(await finish(token)).toMatchObject({ kind: 'refused' });
  });

  it('the answer to an earlier challenge of the same connection', async () => {
    const { scheme, peer, token, finish } = await beforeLastLeg();
    await exchange(scheme, peer, startNtlm(ALICE).negotiate);
    expect(await finish(token)).toMatchObject({ reason: expect.stringContaining('wrong password') });
  });
});

describe('relayed authentication', () => {
  it('an answer that was meant for another connection, whose own challenge is open', async () => {
    const { scheme, token } = await beforeLastLeg();
    const other = connect();
    await exchange(scheme, other, startNtlm(ALICE).negotiate);
    expect(await send(scheme, other, token)).toMatchObject({ reason: expect.stringContaining('wrong password') });
  });

  it('from an HTTPS connection of somebody else: the channel binding is another one', async () => {
    const { token, finish } = await beforeLastLeg({ serverEndPoint: Buffer.alloc(32, 9) }, connectTls());
    expect(await finish(token)).toMatchObject({ reason: expect.stringContaining('another TLS connection') });
  });

  it('the channel binding taken out: the proof covers it', async () => {
    const { token, finish } = await beforeLastLeg({ serverEndPoint: Buffer.alloc(32, 9) }, connectTls());
    const at = token.indexOf(Buffer.of(10, 0, 16, 0));
    const result = await finish(patched(token, at + 4, Array<number>(16).fill(0)));
    expect(result).toMatchObject({ reason: expect.stringContaining('wrong password') });
  });
});

describe('haproxy #581, express-ntlm #76: two users never mix', () => {
  it('on two connections whose legs alternate', async () => {
    const scheme = await negotiateServer();
    const people = [ALICE, { user: 'bob', password: 'hidden' }].map((who) => ({
      client: startNtlm(who),
      peer: connect(),
    }));
    const challenges = await Promise.all(people.map(({ client, peer }) => exchange(scheme, peer, client.negotiate)));
    const results = await Promise.all(
      people.map(({ client, peer }, i) =>
        send(scheme, peer, client.authenticate(challenges[i] ?? Buffer.alloc(0)).token),
      ),
    );
    expect(results).toMatchObject([{ user: 'alice' }, { user: 'bob' }]);
  });

  it('on one connection that a proxy shares: the second challenge ends the first', async () => {
    const { scheme, peer, token } = await beforeLastLeg();
    const bob = startNtlm({ user: 'bob', password: 'hidden' });
    const answer = bob.authenticate(await exchange(scheme, peer, bob.negotiate)).token;
    expect(await send(scheme, peer, token)).toMatchObject({ kind: 'refused' });
    expect(await send(scheme, peer, answer)).toMatchObject({ kind: 'refused' });
  });

  it('another scheme does not go on with what Negotiate began', async () => {
    const users = await accounts();
    const peer = connect();
    const client = startNtlm(ALICE);
    const { token } = client.authenticate(
      await exchange(createNegotiateScheme(users, { names: NAMES }), peer, client.negotiate),
    );
    expect(await send(createNtlmScheme(users, { names: NAMES }), peer, token)).toMatchObject({ kind: 'refused' });
  });
});

describe('CVE-2024-21330, -21334: requests that do not wait for each other', () => {
  it('both legs at once, before the challenge is known', async () => {
    const { scheme, token } = await beforeLastLeg();
    const peer = connect();
    const both = await Promise.all([send(scheme, peer, startNtlm(ALICE).negotiate), send(scheme, peer, token)]);
    expect(both.map(({ kind }) => kind)).toEqual(['continue', 'refused']);
  });

  it('the last leg twice at once: one of them counts', async () => {
    const { token, finish } = await beforeLastLeg();
    const both = await Promise.all([finish(token), finish(token)]);
    expect(both.map(({ kind }) => kind)).toEqual(['authenticated', 'refused']);
  });
});

describe('NTLM fields that point to where they should not', () => {
  const descriptor = (length: number, offset: number): number[] => {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt16LE(length, 0);
    bytes.writeUInt16LE(length, 2);
    bytes.writeUInt32LE(offset, 4);
    return [...bytes];
  };
  it.each([
    ['behind the end', descriptor(10, 0xffff)],
    ['over the end', descriptor(0xffff, 88)],
    ['at 4 GiB', descriptor(10, 0xffff_fff8)],
    ['into the header', descriptor(10, 8)],
    ['onto its own descriptor', descriptor(8, USER)],
    ['onto the response', descriptor(10, 120)],
    ['with an odd length', descriptor(9, 88)],
  ])('the user name %s', async (_, bytes) => {
    const { token, finish } = await beforeLastLeg();
    expect(await finish(patched(token, USER, bytes))).toMatchObject({ kind: 'refused' });
  });

  it('the response onto the user name', async () => {
    const { token, finish } = await beforeLastLeg();
    const at = token.readUInt32LE(USER + 4);
    const result = await finish(patched(token, NT_RESPONSE, descriptor(100, at)));
    expect(result).toMatchObject({ reason: expect.stringContaining('overlaps') });
  });

  it('every message that is cut', async () => {
    const { scheme, token } = await beforeLastLeg();
    for (let length = 0; length < token.length; length++) {
      const peer = connect();
      await exchange(scheme, peer, startNtlm(ALICE).negotiate);
      expect(await send(scheme, peer, token.subarray(0, length)), `${length}`).toMatchObject({ kind: 'refused' });
    }
  });

  it.each([
    ['twice the same id', '0700080000000000000000000700080000000000000000000000 0000'],
    ['a length over the end', '0900ffff'],
    ['no end mark', '09000000'],
    ['an end mark with a value', '000004000000 0000'],
    ['a channel binding of 15 bytes', `0a000f00${'00'.repeat(15)}00000000`],
    ['flags of two bytes', '060002000200 00000000'],
  ])('AV pairs with %s', async (_, pairs) => {
    const { token, finish } = await beforeLastLeg();
    const { ntResponse } = readAuthenticateMessage(token);
    const blob = Buffer.concat([ntResponse.subarray(0, 44), Buffer.from(pairs.replaceAll(' ', ''), 'hex')]);
    const result = await finish(rewritten(token, { ntResponse: blob }));
    expect(result).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/AV pair/) });
  });
});

describe('SPNEGO DER bombs', () => {
  const oid = '06062b0601050502';
  const nested = (depth: number): Buffer => {
    // Inside out: depth sequences, each with a length of three bytes.
    let size = 0;
    const heads: Buffer[] = [];
    for (let i = 0; i < depth; i++) {
      heads.push(Buffer.from([0x30, 0x82, size >> 8, size & 255]));
      size += 4;
    }
    return Buffer.concat(heads.reverse());
  };
  it.each([
    ['10,000 sequences in each other', Buffer.concat([Buffer.from(`60829c48${oid}`, 'hex'), nested(10_000)])],
    ['an indefinite length', Buffer.from(`6080${oid}a0800000`, 'hex')],
    ['a length of 4 GiB', Buffer.from(`6084ffffffff${oid}`, 'hex')],
    ['a length of 126 bytes', Buffer.concat([Buffer.from('60fe', 'hex'), Buffer.alloc(126, 0xff)])],
    ['48,000 tags without content', Buffer.concat([Buffer.from('6082bb80', 'hex'), Buffer.alloc(48_000)])],
    ['an endless object identifier', Buffer.concat([Buffer.from('6082040406820400', 'hex'), Buffer.alloc(1024, 0xff)])],
    ['no content', Buffer.from('6000', 'hex')],
  ])('%s', async (_, token) => {
    expect(await send(await negotiateServer(), connect(), token)).toMatchObject({
      ...{ kind: 'refused', reason: expect.stringContaining('SPNEGO: ') },
    });
  });
});

describe('the peer is told nothing of why', () => {
  it('a refusal carries no token', async () => {
    const scheme: AuthenticationScheme = await negotiateServer();
    const peer = connect();
    const client = startNtlm({ ...ALICE, password: 'wrong' });
    const { token } = client.authenticate(await exchange(scheme, peer, client.negotiate));
    expect(Object.keys(await send(scheme, peer, token))).toEqual(['kind', 'reason']);
  });
});
