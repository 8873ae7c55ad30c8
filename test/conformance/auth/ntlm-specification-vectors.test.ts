import { describe, expect, it } from 'vitest';
import { readAuthenticateMessage, writeAuthenticateMessage } from '../../../src/auth/ntlm/authenticate-message.js';
import { AvId, readAvPairs, writeAvPairs } from '../../../src/auth/ntlm/av-pairs.js';
import { readChallengeMessage, writeChallengeMessage } from '../../../src/auth/ntlm/challenge-message.js';
import { readNtlmV2Response, writeClientChallenge } from '../../../src/auth/ntlm/client-challenge.js';
import { createMessageChannel } from '../../../src/auth/ntlm/message-channel.js';
import { ntHash } from '../../../src/auth/ntlm/nt-hash.js';
import { ntProof, responseKey, sessionBaseKey } from '../../../src/auth/ntlm/ntlmv2.js';
import { rc4Once } from '../../../src/auth/ntlm/rc4.js';
import { sessionKeys } from '../../../src/auth/ntlm/session-keys.js';

/** The values of MS-NLMP 4.2.1 and 4.2.4, typed in from there. */
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
const randomSessionKey = Buffer.alloc(16, 0x55);
const clientNonce = Buffer.alloc(8, 0xaa);
const serverChallenge = hex('0123456789abcdef');
const flags = 0xe28a_8233;
const targetInfo = writeAvPairs([
  [AvId.nbDomainName, Buffer.from('Domain', 'utf16le')],
  [AvId.nbComputerName, Buffer.from('Server', 'utf16le')],
]);
const challengeMessage = hex(`
  4e544c4d53535000 02000000 0c000c0038000000 33828ae2 0123456789abcdef 0000000000000000 2400240044000000
  060070170000000f 530065007200760065007200
  02000c0044006f006d00610069006e00 01000c00530065007200760065007200 00000000`);
const authenticateMessage = hex(`
  4e544c4d53535000 03000000 180018006c000000 5400540084000000 0c000c0048000000 0800080054000000 100010005c000000
  10001000d8000000 358288e2 0501280a0000000f 44006f006d00610069006e00 5500730065007200 43004f004d0050005500540045005200
  86c35097ac9cec102554764a57cccc19 aaaaaaaaaaaaaaaa
  68cd0ab851e51c96aabc927bebef6a1c 0101000000000000 0000000000000000 aaaaaaaaaaaaaaaa 00000000
  02000c0044006f006d00610069006e00 01000c00530065007200760065007200 00000000 00000000
  c5dad2544fc9799094ce1ce90bc9d03e`);

const key = responseKey(ntHash('Password'), 'USER', 'Domain');
const clientChallenge = writeClientChallenge(Buffer.alloc(8), clientNonce, readAvPairs(targetInfo));
const proof = ntProof(key, serverChallenge, clientChallenge);

describe('the vectors of MS-NLMP 4.2.4', () => {
  it('4.2.4.1.1 NTOWFv2', () => {
    expect(key).toEqual(hex('0c868a403bfd7a93a3001ef22ef02e3f'));
  });

  it('4.2.4.1.2 session base key', () => {
    expect(sessionBaseKey(key, proof)).toEqual(hex('8de40ccadbc14a82f15cb0ad0de95ca3'));
  });

  it('4.2.4.1.3 temp', () => {
    expect(clientChallenge).toEqual(
      hex(`0101000000000000 0000000000000000 aaaaaaaaaaaaaaaa 00000000 02000c0044006f006d00610069006e00
        01000c00530065007200760065007200 00000000 00000000`),
    );
  });

  it('4.2.4.2.1 LMv2 response', () => {
    expect(ntProof(key, serverChallenge, clientNonce)).toEqual(hex('86c35097ac9cec102554764a57cccc19'));
  });

  it('4.2.4.2.2 NTLMv2 response', () => {
    expect(proof).toEqual(hex('68cd0ab851e51c96aabc927bebef6a1c'));
  });

  it('4.2.4.2.3 encrypted session key', () => {
    expect(rc4Once(sessionBaseKey(key, proof), randomSessionKey)).toEqual(hex('c5dad2544fc9799094ce1ce90bc9d03e'));
  });

  it('4.2.4.3 CHALLENGE_MESSAGE, written', () => {
    const message = { flags, targetName: 'Server', challenge: serverChallenge, targetInfo };
    expect(writeChallengeMessage(message, { major: 6, minor: 0, build: 6000 })).toEqual(challengeMessage);
  });

  it('4.2.4.3 CHALLENGE_MESSAGE, read', () => {
    expect(readChallengeMessage(challengeMessage)).toEqual({
      ...{ flags, targetName: 'Server', challenge: serverChallenge, targetInfo },
    });
  });

  it('4.2.4.3 AUTHENTICATE_MESSAGE, written', () => {
    const message = {
      ...{ flags: 0xe288_8235, domain: 'Domain', user: 'User', workstation: 'COMPUTER', mic: undefined },
      ntResponse: Buffer.concat([proof, clientChallenge]),
      encryptedSessionKey: rc4Once(sessionBaseKey(key, proof), randomSessionKey),
    };
    const lmResponse = Buffer.concat([ntProof(key, serverChallenge, clientNonce), clientNonce]);
    const version = { major: 5, minor: 1, build: 2600 };
    expect(writeAuthenticateMessage(message, { lmResponse, version })).toEqual(authenticateMessage);
  });

  it('4.2.4.3 AUTHENTICATE_MESSAGE, read', () => {
    expect(readAuthenticateMessage(authenticateMessage)).toEqual({
      ...{ flags: 0xe288_8235, domain: 'Domain', user: 'User', workstation: 'COMPUTER', mic: undefined },
      ntResponse: Buffer.concat([proof, clientChallenge]),
      encryptedSessionKey: hex('c5dad2544fc9799094ce1ce90bc9d03e'),
    });
  });

  it('4.2.4.3 NTLMv2_RESPONSE, read', () => {
    const { ntResponse } = readAuthenticateMessage(authenticateMessage);
    expect(readNtlmV2Response(ntResponse)).toEqual({
      ...{ proof, clientChallenge, timestamp: Buffer.alloc(8), avPairs: readAvPairs(targetInfo) },
    });
  });

  it('4.2.4.4 sealing and signing keys', () => {
    expect(sessionKeys(randomSessionKey, 'client')).toEqual({
      seal: hex('59f600973cc4960a25480a7c196e4c58'),
      sign: hex('4788dc861b4782f35d43fd98fe1a2d39'),
    });
  });

  it('4.2.4.4 GSS_WrapEx', () => {
    const channel = createMessageChannel(sessionKeys(randomSessionKey, 'client'), true);
    expect(channel.seal(Buffer.from('Plaintext', 'utf16le'))).toEqual({
      sealed: hex('54e50165bf1936dc996020c1811b0f06fb5f'),
      token: hex('010000007fb38ec5c55d497600000000'),
    });
  });
});
