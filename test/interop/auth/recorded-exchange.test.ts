import { expect, it } from 'vitest';
import { MalformedTokenError } from '../../../src/auth/malformed-token-error.js';
import { readEncryptedMessage } from '../../../src/auth/message-encryption/read-encrypted-message.js';
import { withoutPadding } from '../../../src/auth/message-encryption/without-padding.js';
import { writeEncryptedMessage } from '../../../src/auth/message-encryption/write-encrypted-message.js';
import type { PendingChallenge } from '../../../src/auth/ntlm/answer-negotiate.js';
import { readChallengeMessage } from '../../../src/auth/ntlm/challenge-message.js';
import { createMessageChannel } from '../../../src/auth/ntlm/message-channel.js';
import { ntHash } from '../../../src/auth/ntlm/nt-hash.js';
import { ntlmNamesOf } from '../../../src/auth/ntlm/ntlm-names.js';
import { sessionKeys } from '../../../src/auth/ntlm/session-keys.js';
import { createSessionSecurity, SPNEGO_ENCRYPTED } from '../../../src/auth/ntlm/session-security.js';
import { type Verification, verifyAuthenticate } from '../../../src/auth/ntlm/verify-authenticate.js';
import { readNegTokenInit } from '../../../src/auth/spnego/neg-token-init.js';
import { readNegTokenResp, writeNegTokenResp } from '../../../src/auth/spnego/neg-token-resp.js';
import { encryptedTypeOf, recordedMessage } from '../../auth/recorded-exchange.js';

const recordedAnswer = readNegTokenResp((await recordedMessage('2-request')).token).token ?? Buffer.alloc(0);
const pending = await pendingChallenge();

async function pendingChallenge(): Promise<PendingChallenge> {
  const negotiate = readNegTokenInit((await recordedMessage('1-request')).token).token ?? Buffer.alloc(0);
  const challenge = readNegTokenResp((await recordedMessage('1-response')).token).token ?? Buffer.alloc(0);
  const { challenge: serverChallenge, flags } = readChallengeMessage(challenge);
  return { negotiate, challenge, serverChallenge, flags };
}

async function verify(password: string, authenticate = recordedAnswer): Promise<Verification> {
  const hash = ntHash(password);
  return verifyAuthenticate(pending, authenticate, {
    names: ntlmNamesOf('vm'),
    ...{ domain: 'ignored', channelBinding: 'relaxed', tls: false, serverEndPoint: undefined },
    ntHashOf: (user) => ({ user, hash }),
  });
}

async function exchangedKey() {
  const result = await verify('OmiPass1!');
  if (result.kind === 'refused') throw new Error(result.reason);
  return result;
}

async function mechListMics() {
  const { mechList } = readNegTokenInit((await recordedMessage('1-request')).token);
  const mic = async (name: string) =>
    readNegTokenResp((await recordedMessage(name)).token).mechListMic ?? Buffer.alloc(0);
  return { mechList, client: await mic('2-request'), server: await mic('2-response') };
}

it('the recorded client proves itself, with its MIC', async () => {
  expect(await verify('OmiPass1!')).toMatchObject({ kind: 'authenticated', user: 'omiuser' });
});

it('the recorded client is refused under another password', async () => {
  expect(await verify('OmiPass1')).toEqual({ kind: 'refused', reason: 'wrong password for "omiuser"' });
});

it('no bit of the recorded answer can be changed', async () => {
  for (let bit = 0; bit < recordedAnswer.length * 8; bit++) {
    const changed = Buffer.from(recordedAnswer);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(await kindOf(changed), `bit ${bit}`).not.toBe('authenticated');
  }
});

async function kindOf(authenticate: Buffer): Promise<string> {
  try {
    return (await verify('OmiPass1!', authenticate)).kind;
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedTokenError);
    return 'malformed';
  }
}

it('the list of mechanisms is signed by both sides', async () => {
  const { exportedSessionKey, flags } = await exchangedKey();
  const { mechList, client, server } = await mechListMics();
  const { integrity } = createSessionSecurity(exportedSessionKey, flags, 'server');
  expect([integrity?.verify(mechList, client), integrity?.sign(mechList)]).toEqual([true, server]);
});

it('the final SPNEGO token is written byte for byte', async () => {
  const { server } = await mechListMics();
  const written = writeNegTokenResp({ state: 'accept-completed', mechListMic: server });
  expect(written).toEqual((await recordedMessage('2-response')).token);
});

it('the sealed request opens to a Get of MSFT_Person', async () => {
  const { exportedSessionKey, flags } = await exchangedKey();
  const { mechList, client } = await mechListMics();
  const { integrity, security } = createSessionSecurity(exportedSessionKey, flags, 'server');
  integrity?.verify(mechList, client);
  const request = await recordedMessage('3-request');
  const { token, sealed, length, contentType } = readEncryptedMessage(request.body, encryptedTypeOf(request));
  const text = Buffer.from((await security?.unwrap(token, sealed)) ?? []).toString();
  expect(contentType).toBe('application/soap+xml;charset=UTF-8');
  expect(text).toHaveLength(length);
  expect(text).toContain('http://schemas.xmlsoap.org/ws/2004/09/transfer/Get<');
  expect(text).toContain('MSFT_Person');
});

it('the sealed answer opens, with the keys of the other direction, to the answer', async () => {
  const { exportedSessionKey, flags } = await exchangedKey();
  const { mechList, server } = await mechListMics();
  const { integrity, security } = createSessionSecurity(exportedSessionKey, flags, 'client');
  expect(integrity?.verify(mechList, server)).toBe(true);
  const response = await recordedMessage('3-response');
  const { token, sealed } = readEncryptedMessage(response.body, encryptedTypeOf(response));
  const text = Buffer.from((await security?.unwrap(token, sealed)) ?? []).toString();
  expect(text).toContain('http://schemas.xmlsoap.org/ws/2004/09/transfer/GetResponse<');
  expect(text).toContain('MSFT_Person');
});

it('the NULs that libmi seals along after the envelope are taken off', async () => {
  const { exportedSessionKey } = await exchangedKey();
  const { mechList } = await mechListMics();
  const channel = createMessageChannel(sessionKeys(exportedSessionKey, 'client'), true);
  channel.signMechList(mechList);
  const request = await recordedMessage('3-request');
  const { token, sealed, contentType } = readEncryptedMessage(request.body, encryptedTypeOf(request));
  const message = withoutPadding(channel.unseal(token, sealed), contentType);
  expect([message.length, message.subarray(-13).toString()]).toEqual([1293, '</s:Envelope>']);
});

it.each([
  ['3-request', 'client', ''],
  // OMI ends its answers with one more line end than needed.
  ['3-response', 'server', '\r\n'],
] as const)('%s is sealed and framed again, byte for byte', async (name, sender, surplus) => {
  const { exportedSessionKey } = await exchangedKey();
  const { mechList } = await mechListMics();
  const open = createMessageChannel(sessionKeys(exportedSessionKey, sender), true);
  const seal = createMessageChannel(sessionKeys(exportedSessionKey, sender), true);
  open.signMechList(mechList);
  seal.signMechList(mechList);
  const recorded = await recordedMessage(name);
  const { token, sealed, ...original } = readEncryptedMessage(recorded.body, encryptedTypeOf(recorded));
  const again = seal.seal(open.unseal(token, Buffer.from(sealed)));
  const written = writeEncryptedMessage({ protocol: SPNEGO_ENCRYPTED, ...original, ...again });
  expect(Buffer.concat([written, Buffer.from(surplus)])).toEqual(recorded.body);
});
