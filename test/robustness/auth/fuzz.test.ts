import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkInitialToken, KERBEROS_OID, mechanismOfToken } from '../../../src/auth/kerberos/initial-token.js';
import { splitWrapToken } from '../../../src/auth/kerberos/wrap-token.js';
import { MalformedTokenError } from '../../../src/auth/malformed-token-error.js';
import { parseEncryptedContentType } from '../../../src/auth/message-encryption/encrypted-content-type.js';
import { EncryptedMessageError } from '../../../src/auth/message-encryption/encrypted-message-error.js';
import { MessageSecurityError, type SealedMessage } from '../../../src/auth/message-encryption/message-security.js';
import { readEncryptedMessage } from '../../../src/auth/message-encryption/read-encrypted-message.js';
import { writeEncryptedMessage } from '../../../src/auth/message-encryption/write-encrypted-message.js';
import { readChallengeMessage } from '../../../src/auth/ntlm/challenge-message.js';
import { createMessageChannel } from '../../../src/auth/ntlm/message-channel.js';
import { startNtlm } from '../../../src/auth/ntlm/ntlm-initiator.js';
import { NTLM_OID } from '../../../src/auth/ntlm/ntlm-mechanism.js';
import { sessionKeys } from '../../../src/auth/ntlm/session-keys.js';
import { writeMechList, writeNegTokenInit } from '../../../src/auth/spnego/neg-token-init.js';
import { readNegTokenResp } from '../../../src/auth/spnego/neg-token-resp.js';
import { startSpnegoNtlm } from '../../../src/auth/spnego/spnego-initiator.js';
import { ALICE, connect, exchange, negotiateServer, send } from '../../auth/negotiation.js';
import { edits, mutate } from './mutation.js';

/** `npm run fuzz -- --target sign-in` asks for more. */
const INPUTS = Number(process.env.CIMULATOR_FUZZ_INPUTS ?? 20_000);
const runs = (share: number) => ({ numRuns: Math.ceil(INPUTS * share) });
/** Generous: the time is for a hang to show, not for anything to be measured. */
const TIMEOUT = Math.max(60_000, INPUTS);

const scheme = await negotiateServer();
const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array));
const withSignature = bytes.map((rest) => Buffer.concat([Buffer.from('NTLMSSP\0'), rest]));

/** Runs a decoder that may refuse in one way only. */
function refusesWith(error: new (...args: never[]) => Error, decode: () => unknown): boolean {
  try {
    decode();
    return false;
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(error);
    return true;
  }
}

describe('whatever a peer sends, it gets no further than it should', () => {
  it('a first token of any bytes', { timeout: TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(bytes, withSignature), async (token) => {
        expect(['continue', 'refused']).toContain((await send(scheme, connect(), token)).kind);
      }),
      runs(0.1),
    );
  });

  it('a first token that is nearly right', { timeout: TIMEOUT }, async () => {
    const { negotiate } = startNtlm(ALICE);
    const init = writeNegTokenInit({ mechList: writeMechList(['1.2.840.48018.1.2.2', NTLM_OID]), token: negotiate });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(negotiate, init, startSpnegoNtlm(startNtlm(ALICE)).init),
        edits,
        async (token, changes) => {
          expect(['continue', 'refused']).toContain((await send(scheme, connect(), mutate(token, changes))).kind);
        },
      ),
      runs(0.2),
    );
  });

  it('an AUTHENTICATE that is nearly right', { timeout: TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(edits, async (changes) => {
        const peer = connect();
        const client = startNtlm(ALICE);
        const { token } = client.authenticate(await exchange(scheme, peer, client.negotiate));
        const changed = mutate(token, changes);
        const { kind } = await send(scheme, peer, changed);
        expect(kind).toBe(changed.equals(token) ? 'authenticated' : 'refused');
      }),
      runs(0.2),
    );
  });

  it('a last SPNEGO token that is nearly right', { timeout: TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(edits, async (changes) => {
        const peer = connect();
        const client = startSpnegoNtlm(startNtlm(ALICE));
        const { token } = client.authenticate(await exchange(scheme, peer, client.init));
        const changed = mutate(token, changes);
        const { kind } = await send(scheme, peer, changed);
        // DER has room that means nothing; what is inside must be what the client wrote.
        if (kind === 'authenticated') expect(readNegTokenResp(changed).token).toEqual(readNegTokenResp(token).token);
        else expect(kind).toBe('refused');
      }),
      runs(0.1),
    );
  });

  it('an AUTHENTICATE of somebody without the password, changed or not', { timeout: TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(edits, fc.boolean(), async (changes, asItIs) => {
        const peer = connect();
        const client = startNtlm({ ...ALICE, password: 'guess' });
        const { token } = client.authenticate(await exchange(scheme, peer, client.negotiate));
        const { kind } = await send(scheme, peer, asItIs ? token : mutate(token, changes));
        expect(kind).toBe('refused');
      }),
      runs(0.1),
    );
  });
});

describe('whatever a server sends, our client refuses it properly', () => {
  it('a CHALLENGE that is nearly right', { timeout: TIMEOUT }, async () => {
    const client = startNtlm(ALICE);
    const challenge = await exchange(scheme, connect(), client.negotiate);
    fc.assert(
      fc.property(edits, (changes) => {
        const changed = mutate(challenge, changes);
        const refused = refusesWith(MalformedTokenError, () => client.authenticate(changed));
        if (!refused) expect(readChallengeMessage(changed).challenge).toHaveLength(8);
      }),
      runs(0.1),
    );
  });
});

describe('whatever comes as a Kerberos token', () => {
  const ticket = Buffer.from('601206092a864886f71201020201006e03020105', 'hex');
  const wrapped = Buffer.concat([Buffer.from('050406ff0000001c0000000000000001', 'hex'), Buffer.alloc(49, 7)]);

  it('is in its frame before it gets to the library of the system', { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(
        fc.oneof(
          edits.map((changes) => mutate(ticket, changes)),
          bytes,
        ),
        (token) => {
          const refused = refusesWith(MalformedTokenError, () => checkInitialToken(token));
          if (!refused) expect(mechanismOfToken(token)).toBe(KERBEROS_OID);
        },
      ),
      runs(0.05),
    );
  });

  it('is parted without losing a byte, or not at all', { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(
        fc.oneof(
          edits.map((changes) => mutate(wrapped, changes)),
          bytes,
        ),
        fc.nat(80),
        (token, length) => {
          let parts: SealedMessage | undefined;
          refusesWith(MessageSecurityError, () => {
            parts = splitWrapToken(token, length);
          });
          if (parts === undefined) return;
          expect([parts.sealed.length, parts.token.length]).toEqual([length, token.length - length]);
        },
      ),
      runs(0.05),
    );
  });
});

describe('whatever comes as a sealed message', () => {
  const protocol = 'application/http-spnego-session-encrypted';
  const type = { protocol, boundary: 'Encrypted Boundary' };
  const keys = sessionKeys(Buffer.alloc(16, 1), 'client');
  const plain = Buffer.from('<s:Envelope/>');
  const sealed = createMessageChannel(keys, true).seal(plain);
  const frame = writeEncryptedMessage({
    protocol,
    contentType: 'application/soap+xml;charset=UTF-8',
    length: plain.length,
    ...sealed,
  });

  it('is opened as it was, or not at all', { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(
        fc.oneof(
          { weight: 9, arbitrary: edits.map((changes) => mutate(frame, changes)) },
          { weight: 1, arbitrary: bytes },
        ),
        (body) => {
          let message: ReturnType<typeof readEncryptedMessage> | undefined;
          refusesWith(EncryptedMessageError, () => {
            message = readEncryptedMessage(body, type);
          });
          if (message === undefined) return;
          const { token, sealed: content } = message;
          let opened: Buffer | undefined;
          refusesWith(MessageSecurityError, () => {
            opened = createMessageChannel(keys, true).unseal(token, content);
          });
          if (opened !== undefined) expect(opened).toEqual(plain);
        },
      ),
      runs(0.15),
    );
  });

  it('has a content type that is read or refused', { timeout: TIMEOUT }, () => {
    const value = 'multipart/encrypted;protocol="p";boundary="b"';
    fc.assert(
      fc.property(edits, (changes) => {
        const parsed = parseEncryptedContentType(mutate(Buffer.from(value), changes).toString('latin1'));
        if (parsed !== undefined) expect(parsed.boundary.length * parsed.protocol.length).toBeGreaterThan(0);
      }),
      runs(0.05),
    );
  });
});
