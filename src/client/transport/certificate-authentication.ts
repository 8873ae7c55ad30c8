import { MUTUAL_PROFILE } from '../../auth/certificates/certificate-scheme.js';
import type { Transport } from './transport.js';

/** Says with each post that the certificate of the TLS connection is to sign in: it does not do so by itself. */
export function withCertificateAuthentication(transport: Transport): Transport {
  return {
    async post(body, options) {
      const headers = { ...options.headers, authorization: MUTUAL_PROFILE };
      const answer = await transport.post(body, { ...options, headers });
      return { ...answer, scheme: 'Certificate' };
    },
    close: () => transport.close(),
  };
}
