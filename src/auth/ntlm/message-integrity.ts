import { withMic } from './authenticate-message.js';
import { hmacMd5 } from './hmac-md5.js';

/** The three messages of an authentication, as they were on the wire. */
export interface NtlmMessages {
  readonly negotiate: Buffer;
  readonly challenge: Buffer;
  readonly authenticate: Buffer;
}

/** The MIC over all three (MS-NLMP 3.1.5.1.2), whatever the last one has in its place; 16 bytes. */
export function messageIntegrityCode(exportedSessionKey: Uint8Array, messages: NtlmMessages): Buffer {
  return hmacMd5(exportedSessionKey, messages.negotiate, messages.challenge, withMic(messages.authenticate));
}
