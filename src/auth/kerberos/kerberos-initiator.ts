import { MalformedTokenError } from '../malformed-token-error.js';
import type { MessageSecurity } from '../message-encryption/message-security.js';
import { channelBindingData } from '../schemes/channel-binding.js';
import { createContextSecurity } from './context-security.js';
import { ContextFlag, type ContextStep, type GssApi, openGssApi } from './gss-api.js';
import { GssContext } from './gss-context.js';
import { GssError, GssStatus } from './gss-error.js';
import type { Pointer } from './gss-library.js';

export interface KerberosInitiatorOptions {
  /** The server's host name, as its tickets have it. */
  readonly host: string;
  /** Default: `HTTP`. Windows has `WSMAN` as well. */
  readonly service?: string;
  /** On HTTPS, the hash of the server's certificate (`tlsServerEndPoint`). */
  readonly serverEndPoint?: Uint8Array | undefined;
}

/** The client's side of one Kerberos authentication, with the ticket that the user has (`kinit`). */
export interface KerberosInitiator {
  readonly scheme: 'Kerberos';
  /** The ticket for the server. @throws MalformedTokenError when there is none: the message says why */
  start(): Promise<Buffer>;
  /** Answers a token that did not end it; undefined when there is nothing to say. */
  step(token: Buffer): Promise<Buffer | undefined>;
  /**
   * Reads the server's last word, by which it proves that the ticket was for it.
   *
   * @throws MalformedTokenError when it does not
   */
  finish(token: Buffer | undefined): Promise<MessageSecurity>;
  /** Gives back what it holds, with the connection. What is forgotten goes with the garbage. */
  release(): void;
}

const FLAGS = ContextFlag.mutual | ContextFlag.replay | ContextFlag.sequence | ContextFlag.confidentiality;

/**
 * Begins a Kerberos authentication. Who signs in is whose tickets are in the system's cache.
 *
 * @throws KerberosUnavailableError (from `start`) when the system has no GSSAPI
 */
export function startKerberos(options: KerberosInitiatorOptions): KerberosInitiator {
  const { host, service = 'HTTP', serverEndPoint } = options;
  const bindings = serverEndPoint && channelBindingData(serverEndPoint);
  let context: GssContext | undefined;
  let done = false;

  async function initiate(api: GssApi, token: Buffer | undefined): Promise<ContextStep> {
    let target: Pointer = null;
    try {
      context ??= new GssContext(api);
      target = api.importName('hostService', `${service}@${host}`);
      const step = await context.initiate(target, { flags: FLAGS, bindings, token });
      done = step.done;
      if (done && (step.flags & FLAGS) !== FLAGS)
        throw new MalformedTokenError('the server does not agree to prove itself and to seal');
      return step;
    } catch (error) {
      context?.release();
      if (!(error instanceof GssError)) throw error;
      const what = error.major === GssStatus.noCredential ? 'there is no ticket, which kinit gets: ' : '';
      throw new MalformedTokenError(`Kerberos: ${what}${error.message}`, { cause: error });
    } finally {
      api.releaseName(target);
    }
  }

  return {
    scheme: 'Kerberos',

    async start() {
      return (await initiate(await openGssApi(), undefined)).output;
    },

    async step(token) {
      if (context === undefined || done) return undefined;
      const { output } = await initiate(await openGssApi(), token);
      return output.length > 0 ? output : undefined;
    },

    async finish(token) {
      if (!done && token !== undefined) await initiate(await openGssApi(), token);
      if (context === undefined || !done) throw new MalformedTokenError('Kerberos: the server does not prove itself');
      return createContextSecurity(context, {
        protocol: 'application/HTTP-Kerberos-session-encrypted',
        acceptor: false,
      });
    },

    release: () => context?.release(),
  };
}
