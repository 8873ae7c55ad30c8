import { type MessageSecurity, MessageSecurityError } from '../message-encryption/message-security.js';
import type { MechListIntegrity } from '../schemes/security-mechanism.js';
import type { GssContext } from './gss-context.js';
import { GssError } from './gss-error.js';
import { readWrapTokenHeader, splitWrapToken } from './wrap-token.js';

/** The media types of messages that Kerberos sealed: on its own, and chosen by Negotiate (MS-WSMV 2.2.9.1.1, 2.2.9.1.2). */
export type KerberosProtocol =
  | 'application/HTTP-Kerberos-session-encrypted'
  | 'application/HTTP-SPNEGO-session-encrypted';

export interface ContextSecurityOptions {
  readonly protocol: KerberosProtocol;
  /** Which end this is. */
  readonly acceptor: boolean;
}

/**
 * The protection of messages by a Kerberos context (RFC 4121 §4.2). Kerberos can always seal, and MIT's library always says so; whether
 * a client will, as curl never does, shows in its first message.
 */
export function createContextSecurity(context: GssContext, options: ContextSecurityOptions): MessageSecurity {
  const { protocol, acceptor } = options;
  let expected: bigint | undefined;

  return {
    protocol,
    get optional() {
      return expected === undefined;
    },

    async wrap(message) {
      return splitWrapToken(await orMessageError(context.wrap(message)), message.length);
    },

    async unwrap(token, sealed) {
      const whole = Buffer.concat([token, sealed]);
      const { sentByAcceptor, sealed: isSealed, sequence } = readWrapTokenHeader(whole);
      // The library says nothing of order when the other end did not ask it to, so the numbers are counted here, too.
      if (sentByAcceptor === acceptor || !isSealed || (expected !== undefined && sequence !== expected))
        throw new MessageSecurityError(
          'the message was replayed, left out, reordered or sent back, or is not encrypted',
        );
      const { message, sealed: wasSealed, outOfOrder } = await orMessageError(context.unwrap(whole));
      if (!wasSealed || outOfOrder) throw new MessageSecurityError('the message was replayed, left out or reordered');
      expected = sequence + 1n;
      return message;
    },
  };
}

/** Signs and checks SPNEGO's list of mechanisms (RFC 4178 §5). */
export function createContextIntegrity(context: GssContext): MechListIntegrity {
  return {
    sign: (mechList) => context.sign(mechList),
    verify: (mechList, signature) => context.verify(mechList, signature),
  };
}

async function orMessageError<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof GssError) throw new MessageSecurityError(`Kerberos: ${error.message}`, { cause: error });
    throw error;
  }
}
