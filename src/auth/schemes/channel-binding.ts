import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * How much a client must tell about the TLS connection it believes to be on, as Windows' CbtHardeningLevel: `none` does not look,
 * `relaxed` refuses what is wrong and takes what is missing, `strict` refuses both. A thief who relays an authentication has another
 * TLS connection than the client meant.
 */
export type ChannelBindingPolicy = 'none' | 'relaxed' | 'strict';

/** What names a TLS connection: the application's data of its channel bindings (RFC 5929 §4). @param serverEndPoint see `tlsServerEndPoint` */
export function channelBindingData(serverEndPoint: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from('tls-server-end-point:', 'latin1'), serverEndPoint]);
}

/**
 * The hash by which NTLM and Kerberos name a channel (RFC 4121 §4.1.1.2): MD5 over a gss_channel_bindings_struct without addresses.
 *
 * @param serverEndPoint the certificate's hash, see `tlsServerEndPoint`
 * @returns 16 bytes
 */
export function channelBindingHash(serverEndPoint: Uint8Array): Buffer {
  const data = channelBindingData(serverEndPoint);
  // Four zero words: the types and lengths of the initiator's and the acceptor's address.
  const head = Buffer.alloc(20);
  head.writeUInt32LE(data.length, 16);
  return createHash('md5').update(head).update(data).digest();
}

/** What is compared. */
export interface ChannelBindingCheck {
  readonly policy: ChannelBindingPolicy;
  /** The hash that the client sent; `undefined` and all zeros both mean that it knows of no channel (MS-NLMP 2.2.2.1). */
  readonly sent: Buffer | undefined;
  /** Whether the connection is TLS at this end. */
  readonly tls: boolean;
  /** The certificate's hash; `undefined` when the connection is not TLS, or the certificate has none. */
  readonly serverEndPoint: Uint8Array | undefined;
}

/** Why a client is to be refused, or `undefined` when it is not. */
export function channelBindingProblem({ policy, sent, tls, serverEndPoint }: ChannelBindingCheck): string | undefined {
  if (policy === 'none') return undefined;
  if (sent === undefined || sent.every((byte) => byte === 0))
    return policy === 'strict' && tls ? 'no channel binding, which is required on HTTPS' : undefined;
  if (!tls)
    return 'a channel binding on a connection without TLS: the client is on another connection, or TLS ends before us';
  if (serverEndPoint === undefined) return 'a channel binding, and the certificate has no hash to compare it with';
  const expected = channelBindingHash(serverEndPoint);
  const matches = sent.length === expected.length && timingSafeEqual(sent, expected);
  return matches ? undefined : 'the channel binding is of another TLS connection';
}
