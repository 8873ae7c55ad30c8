import { MalformedTokenError } from '../malformed-token-error.js';
import type { MessageSecurity } from '../message-encryption/message-security.js';
import type { NtlmInitiator } from '../ntlm/ntlm-initiator.js';
import { NTLM_OID } from '../ntlm/ntlm-mechanism.js';
import type { SessionSecurity } from '../ntlm/session-security.js';
import { writeMechList, writeNegTokenInit } from './neg-token-init.js';
import { readNegTokenResp, writeNegTokenResp } from './neg-token-resp.js';

/** The client's side of SPNEGO around NTLM. */
export interface SpnegoInitiator {
  readonly init: Buffer;
  /** Answers the server's challenge. @throws MalformedTokenError when it is none, or the server rejects */
  authenticate(challenge: Buffer): { readonly token: Buffer; readonly security?: MessageSecurity };
  /**
   * Reads the server's last word, whose MIC proves that nobody changed the list of mechanisms.
   *
   * @throws MalformedTokenError when it is not that of a server that knows the key
   */
  finish(token: Buffer): void;
}

export function startSpnegoNtlm(ntlm: NtlmInitiator): SpnegoInitiator {
  const mechList = writeMechList([NTLM_OID]);
  let session: SessionSecurity = {};

  return {
    init: writeNegTokenInit({ mechList, token: ntlm.negotiate }),

    authenticate(challenge) {
      const { state, supportedMech, token } = readNegTokenResp(challenge);
      if (state === 'reject' || token === undefined) throw new MalformedTokenError('the server rejects NTLM');
      if (supportedMech !== undefined && supportedMech !== NTLM_OID)
        throw new MalformedTokenError(`the server chose ${supportedMech}, which was not offered`);
      const { token: answer, ...agreed } = ntlm.authenticate(token);
      session = agreed;
      const mechListMic = session.integrity?.sign(mechList);
      const resp = writeNegTokenResp({ token: answer, mechListMic });
      return session.security === undefined ? { token: resp } : { token: resp, security: session.security };
    },

    finish(token) {
      const { state, mechListMic } = readNegTokenResp(token);
      if (state !== 'accept-completed') throw new MalformedTokenError('the server did not accept');
      if (session.integrity === undefined) return;
      if (mechListMic === undefined || !session.integrity.verify(mechList, mechListMic))
        throw new MalformedTokenError('the mechListMIC of the server is missing or wrong');
    },
  };
}
