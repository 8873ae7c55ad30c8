import { md5 } from './hmac-md5.js';

/** The keys of one direction, 16 bytes each. */
export interface DirectionKeys {
  readonly sign: Buffer;
  readonly seal: Buffer;
}

/** Who sends: the client's messages and the server's have keys of their own. */
export type Sender = 'client' | 'server';

const DIRECTION = { client: 'client-to-server', server: 'server-to-client' } as const;

/**
 * SIGNKEY and SEALKEY (MS-NLMP 3.4.5.2, 3.4.5.3) for extended session security with 128 bits, the only kind this endpoint agrees to.
 *
 * @param exportedSessionKey 16 bytes
 */
export function sessionKeys(exportedSessionKey: Uint8Array, sender: Sender): DirectionKeys {
  const derive = (purpose: 'signing' | 'sealing'): Buffer =>
    md5(
      exportedSessionKey,
      Buffer.from(`session key to ${DIRECTION[sender]} ${purpose} key magic constant\0`, 'latin1'),
    );
  return { sign: derive('signing'), seal: derive('sealing') };
}
