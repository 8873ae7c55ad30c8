import { MalformedTokenError } from '../malformed-token-error.js';
import { type AvPairs, readAvPairs, writeAvPairs } from './av-pairs.js';

const PROOF_BYTES = 16;
const FIXED_BYTES = 28;
/** An NTLMv1 response has exactly this length (MS-NLMP 2.2.2.6). */
const NTLMV1_BYTES = 24;

/** What an NTLMv2_RESPONSE says (MS-NLMP 2.2.2.7, 2.2.2.8). */
export interface NtlmV2Response {
  /** 16 bytes. */
  readonly proof: Buffer;
  /** What the proof is over, besides the server's challenge. */
  readonly clientChallenge: Buffer;
  /** FILETIME, 8 bytes. */
  readonly timestamp: Buffer;
  readonly avPairs: AvPairs;
}

/** @throws MalformedTokenError, also for the responses of older versions */
export function readNtlmV2Response(response: Buffer): NtlmV2Response {
  if (response.length === 0) throw new MalformedTokenError('no NT response');
  if (response.length === NTLMV1_BYTES) throw new MalformedTokenError('an NTLMv1 response');
  if (response.length < PROOF_BYTES + FIXED_BYTES)
    throw new MalformedTokenError(`an NT response of ${response.length} bytes, too short for NTLMv2`);
  const clientChallenge = response.subarray(PROOF_BYTES);
  if (clientChallenge[0] !== 1 || clientChallenge[1] !== 1)
    throw new MalformedTokenError('an NT response of an unknown version');
  return {
    proof: response.subarray(0, PROOF_BYTES),
    clientChallenge,
    timestamp: clientChallenge.subarray(8, 16),
    avPairs: readAvPairs(clientChallenge.subarray(FIXED_BYTES)),
  };
}

/**
 * Writes the NTLMv2_CLIENT_CHALLENGE that a client proves itself over, with the four zero bytes that follow it (MS-NLMP 3.3.2, temp).
 *
 * @param timestamp FILETIME, 8 bytes
 * @param nonce 8 random bytes
 */
export function writeClientChallenge(timestamp: Buffer, nonce: Buffer, avPairs: AvPairs): Buffer {
  const fixed = Buffer.alloc(FIXED_BYTES);
  fixed[0] = 1;
  fixed[1] = 1;
  fixed.set(timestamp, 8);
  fixed.set(nonce, 16);
  return Buffer.concat([fixed, writeAvPairs(avPairs), Buffer.alloc(4)]);
}
