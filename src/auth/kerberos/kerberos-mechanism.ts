import { MalformedTokenError } from '../malformed-token-error.js';
import type { Peer } from '../schemes/authentication-scheme.js';
import { type ChannelBindingPolicy, channelBindingData } from '../schemes/channel-binding.js';
import type { MechanismStep, SecurityMechanism } from '../schemes/security-mechanism.js';
import { createContextIntegrity, createContextSecurity, type KerberosProtocol } from './context-security.js';
import { ContextFlag } from './gss-api.js';
import type { GssContext } from './gss-context.js';
import { GssError, GssStatus } from './gss-error.js';
import { checkInitialToken, KERBEROS_OID, MS_KERBEROS_OID } from './initial-token.js';
import type { KerberosAcceptor } from './kerberos-acceptor.js';
import { accountOfPrincipal } from './principal-account.js';

export interface KerberosMechanismOptions {
  readonly acceptor: KerberosAcceptor;
  /** The account of a name as it is written in the store; `undefined` when there is none. */
  readonly findAccount: (name: string) => string | undefined;
  readonly protocol: KerberosProtocol;
  /** Default: `relaxed`, as Windows. */
  readonly channelBinding?: ChannelBindingPolicy;
}

/** The server's side of Kerberos (RFC 4121), by the system's GSSAPI. Nearly always one token in and one out. */
export function createKerberosMechanism(options: KerberosMechanismOptions): SecurityMechanism {
  const { acceptor, findAccount, protocol, channelBinding = 'relaxed' } = options;
  const contexts = new WeakMap<Peer, GssContext>();

  /** A connection has one context: the one before goes when the next begins, the last with the connection. */
  function newContext(peer: Peer): GssContext {
    const before = contexts.get(peer);
    const context = acceptor.newContext();
    contexts.set(peer, context);
    if (before !== undefined) before.release();
    else peer.signal?.addEventListener('abort', () => contexts.get(peer)?.release(), { once: true });
    if (peer.signal?.aborted) context.release();
    return context;
  }

  async function accept(context: GssContext, token: Buffer, peer: Peer): Promise<MechanismStep> {
    const { tls, serverEndPoint } = peer;
    const bound = channelBinding !== 'none' && tls && serverEndPoint !== undefined;
    const bindings = bound ? channelBindingData(serverEndPoint) : undefined;
    const { done, output, flags, source, acceptor: service } = await acceptor.accept(context, token, bindings);
    if (!done) return { kind: 'continue', token: output };

    const found = accountOfPrincipal({ client: source, service }, findAccount);
    if ('problem' in found) return refused(found.problem);
    const { user } = found;
    if (channelBinding === 'strict' && tls && (flags & ContextFlag.channelBound) === 0)
      return refused(`no channel binding, which is required on HTTPS (user "${user}")`);
    return {
      kind: 'authenticated',
      user,
      ...(output.length > 0 && { token: output }),
      integrity: createContextIntegrity(context),
      security: createContextSecurity(context, { protocol, acceptor: true }),
    };
  }

  return {
    oids: [KERBEROS_OID, MS_KERBEROS_OID],
    start(peer) {
      let context: GssContext | undefined;
      return {
        async step(token) {
          try {
            if (context === undefined) {
              checkInitialToken(token);
              context = newContext(peer);
            }
            const step = await accept(context, token, peer);
            if (step.kind === 'refused') context.release();
            return step;
          } catch (error) {
            context?.release();
            return refusalFor(error);
          }
        },
      };
    },
  };
}

/** @throws what is neither the token's mistake nor GSSAPI's */
function refusalFor(error: unknown): MechanismStep {
  if (error instanceof MalformedTokenError) return refused(error.message);
  if (error instanceof GssError) return refused(reasonOf(error));
  throw error;
}

function reasonOf({ major, message }: GssError): string {
  return major === GssStatus.badBindings ? 'the channel binding is of another TLS connection' : message;
}

function refused(reason: string): MechanismStep {
  return { kind: 'refused', reason };
}
