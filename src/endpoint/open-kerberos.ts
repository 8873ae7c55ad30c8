import { type KerberosAcceptor, openKerberosAcceptor } from '../auth/kerberos/kerberos-acceptor.js';
import { KerberosUnavailableError } from '../auth/kerberos/kerberos-unavailable-error.js';
import type { Logger } from '../http/logger.js';
import type { Closers } from './closers.js';
import { type AuthenticationOptions, withAuthenticationDefaults } from './options/authentication-options.js';

/**
 * Undefined where Kerberos is not wanted, or cannot be served, which the log says then.
 *
 * @throws KerberosUnavailableError when there is no other way to sign in, or it is required
 */
export async function openKerberos(
  authentication: AuthenticationOptions | undefined,
  logger: Logger,
  closers: Closers,
): Promise<KerberosAcceptor | undefined> {
  const { kerberos, negotiate, basic } = withAuthenticationDefaults(authentication);
  if (kerberos === undefined) return undefined;
  try {
    const acceptor = await openKerberosAcceptor(kerberos);
    closers.add(() => acceptor.release());
    return acceptor;
  } catch (error) {
    if (!(error instanceof KerberosUnavailableError) || kerberos.required || !(negotiate || basic)) throw error;
    logger.warn({ reason: error.message }, 'Kerberos is not offered');
    return undefined;
  }
}
