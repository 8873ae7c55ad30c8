import { hmacMd5 } from './hmac-md5.js';

/**
 * The key of NTLMv2 responses (MS-NLMP 3.3.2, NTOWFv2): HMAC-MD5 under the NT hash over the upper-case user name and the domain as sent.
 *
 * @param upperUser the user's name in upper case; how that is done differs between clients, see {@link upperCaseForms}
 */
export function responseKey(ntHash: Uint8Array, upperUser: string, domain: string): Buffer {
  return hmacMd5(ntHash, Buffer.from(upperUser + domain, 'utf16le'));
}

/**
 * The proof that an NTLMv2 response begins with (MS-NLMP 3.3.2, NTProofStr).
 *
 * @param clientChallenge the rest of the response: the NTLMv2_CLIENT_CHALLENGE with all that follows it
 */
export function ntProof(key: Uint8Array, serverChallenge: Uint8Array, clientChallenge: Uint8Array): Buffer {
  return hmacMd5(key, serverChallenge, clientChallenge);
}

/** The session base key (MS-NLMP 3.3.2), which with NTLMv2 is the key exchange key as well (3.4.5.1). */
export function sessionBaseKey(key: Uint8Array, proof: Uint8Array): Buffer {
  return hmacMd5(key, proof);
}

/**
 * The ways in which clients write a name in upper case: Windows maps each UTF-16 unit to one other, most other clients follow
 * Unicode, where `ß` becomes `SS`. One form for nearly all names.
 */
export function upperCaseForms(name: string): readonly string[] {
  const perUnit = Array.from({ length: name.length }, (_, i) => {
    const unit = name.charAt(i);
    const upper = unit.toUpperCase();
    return upper.length === 1 ? upper : unit;
  }).join('');
  const full = name.toUpperCase();
  return full === perUnit ? [perUnit] : [perUnit, full];
}
