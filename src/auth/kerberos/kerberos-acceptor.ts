import { type GssApi, openGssApi } from './gss-api.js';
import { GssContext } from './gss-context.js';
import { GssError } from './gss-error.js';
import type { Pointer } from './gss-library.js';
import { KerberosUnavailableError } from './kerberos-unavailable-error.js';

/** With which keys a server accepts tickets. */
export interface KerberosKeys {
  /** The file with the keys of the service. */
  readonly keytab: string;
  /** Take tickets for this principal only, as `HTTP/host` or `HTTP/host@REALM`. Default: for any in the keytab. */
  readonly servicePrincipal?: string | undefined;
}

/** A server that can accept tickets. */
export interface KerberosAcceptor {
  newContext(): GssContext;
  /** Takes a client's token. @param bindings see `channelBindingData` @throws GssError */
  accept(context: GssContext, token: Uint8Array, bindings: Uint8Array | undefined): ReturnType<GssContext['accept']>;
  /** Gives the keys back, behind what runs. Nothing can be accepted after that. */
  release(): Promise<void>;
}

/**
 * Reads the keys.
 *
 * @throws KerberosUnavailableError when the system has no GSSAPI, or the keytab no key that fits
 */
export async function openKerberosAcceptor({ keytab, servicePrincipal }: KerberosKeys): Promise<KerberosAcceptor> {
  const api = await openGssApi();
  const credential = acquire(api, keytab, servicePrincipal);
  const running = new Set<Promise<unknown>>();
  return {
    newContext: () => new GssContext(api),

    accept(context, token, bindings) {
      const accepted = context.accept(credential, token, bindings);
      const settled = accepted.then(forget, forget);
      running.add(settled);
      function forget(): void {
        running.delete(settled);
      }
      return accepted;
    },

    async release() {
      await Promise.all(running);
      api.releaseCredential(credential);
    },
  };
}

function acquire(api: GssApi, keytab: string, servicePrincipal: string | undefined): Pointer {
  try {
    return api.acquireAcceptor(keytab, servicePrincipal);
  } catch (error) {
    if (error instanceof GssError) throw new KerberosUnavailableError(`Kerberos: ${error.message}`, { cause: error });
    throw error;
  }
}
