import { startKerberos } from '../../auth/kerberos/kerberos-initiator.js';
import { KerberosUnavailableError } from '../../auth/kerberos/kerberos-unavailable-error.js';
import { MalformedTokenError } from '../../auth/malformed-token-error.js';
import type { StartAuthentication } from './client-authentication.js';
import { WsmanTransportError } from './wsman-transport-error.js';

/** `Kerberos` with the tickets that `kinit` got, for the service `HTTP` of the host in the URL. What it holds goes with the connection. */
export function kerberosAuthentication(): StartAuthentication {
  return (target) => {
    const kerberos = startKerberos(target);
    return {
      ...kerberos,
      async start() {
        try {
          return await kerberos.start();
        } catch (error) {
          if (!(error instanceof MalformedTokenError || error instanceof KerberosUnavailableError)) throw error;
          throw new WsmanTransportError('scheme', error.message, { cause: error });
        }
      },
    };
  };
}
