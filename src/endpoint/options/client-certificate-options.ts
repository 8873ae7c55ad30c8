import type { CertificateMapping } from '../../auth/certificates/certificate-map.js';
import { listOf, members, text } from '../../options/option-checks.js';

/** Whose certificates sign in, and as whom. */
export interface ClientCertificateOptions {
  /** PEM file of the authorities that issue them; self-signed certificates may stand there themselves. */
  readonly caPath: string;
  /** PEM file of the authorities' revocation lists. Default: nothing is looked up. */
  readonly crlPath?: string;
  /** Names in certificates and the accounts they stand for; the first that fits. Default: the names are those of accounts. */
  readonly mappings?: readonly CertificateMapping[];
}

export const clientCertificateChecks = members<ClientCertificateOptions>(
  {
    caPath: text,
    crlPath: text,
    mappings: listOf(members<CertificateMapping>({ name: text, account: text }, ['name', 'account'])),
  },
  ['caPath'],
);
