import type { ClientSettings } from '../client-options.js';
import { withBasicAuthentication } from './basic-authentication.js';
import { withCertificateAuthentication } from './certificate-authentication.js';
import { createHttpTransport } from './http-transport.js';
import { kerberosAuthentication } from './kerberos-authentication.js';
import { negotiateAuthentication } from './negotiate-authentication.js';
import { preferNegotiate } from './prefer-negotiate.js';
import { createSignedInTransport } from './signed-in-transport.js';
import type { Transport } from './transport.js';

/** Methods may take long, and a caller may have many under way. */
const CONNECTIONS = 16;
/** Each costs a sign-in, and the server the memory of one. */
const SIGNED_IN_CONNECTIONS = 16;

/** How a client's messages get to the server. Closing `authenticated` closes both. */
export interface ClientTransports {
  /** Without credentials. */
  readonly plain: Transport;
  /** With them; the same as `plain` when there are none. */
  readonly authenticated: Transport;
}

/** @throws TypeError for a name or a fingerprint that cannot be used */
export function createTransports(settings: ClientSettings): ClientTransports {
  const { url, zone, tls, proxy, credentials, clientCertificate, auth, allowBasic, allowUnencrypted } = settings;
  // The limit counts characters on some servers: UTF-16 has two bytes for each.
  const maxResponseSize = 2 * settings.maxEnvelopeSize;
  const connection = { url, zone, tls, proxy, maxResponseSize };
  const plain = createHttpTransport({ ...connection, clientCertificate, connections: CONNECTIONS });
  if (clientCertificate !== undefined) return { plain, authenticated: withCertificateAuthentication(plain) };
  const { encodePortInServicePrincipalName: portInServicePrincipalName } = settings;
  const options = {
    ...connection,
    connections: SIGNED_IN_CONNECTIONS,
    allowClear: allowUnencrypted,
    portInServicePrincipalName,
  };
  if (auth === 'kerberos') {
    const kerberos = createSignedInTransport(kerberosAuthentication(), options);
    return { plain, authenticated: closingBoth(kerberos, plain) };
  }
  if (credentials === undefined) return { plain, authenticated: plain };
  const { user, password } = credentials;
  const withBasic = () => withBasicAuthentication(plain, user, password);
  if (auth === 'basic') return { plain, authenticated: withBasic() };

  const negotiate = createSignedInTransport(negotiateAuthentication(user, password), options);
  const { post } = auth === 'negotiate' ? negotiate : preferNegotiate(negotiate, allowBasic ? withBasic : undefined);
  return { plain, authenticated: closingBoth({ post, close: negotiate.close }, plain) };
}

function closingBoth({ post, close }: Transport, plain: Transport): Transport {
  return { post, close: async () => void (await Promise.all([close(), plain.close()])) };
}
