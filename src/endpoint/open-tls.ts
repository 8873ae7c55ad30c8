import { keptCertificate, loadCertificate, type ServerCertificate, temporaryCertificate } from '../http/certificate.js';
import { type ClientAuthorities, loadClientAuthorities } from '../http/client-authorities.js';
import type { Logger } from '../http/logger.js';
import { allOpened } from './all-opened.js';
import type { EndpointOptions } from './options/endpoint-options.js';

/** What HTTPS is served with. */
export interface Tls {
  readonly identity: ServerCertificate;
  /** Who may issue clients' certificates; undefined: clients are not asked for one. */
  readonly clientAuthorities: ClientAuthorities | undefined;
}

/** @param given in the place of a certificate of the options @returns undefined when there is no HTTPS listener @throws CertificateError */
export async function openTls(
  options: EndpointOptions,
  logger: Logger,
  given?: ServerCertificate,
): Promise<Tls | undefined> {
  const { httpsPort = 'off', clientCertificates } = options;
  if (httpsPort === 'off') return undefined;
  const [identity, clientAuthorities] = await allOpened([
    given ?? openCertificate(options, logger),
    clientCertificates && loadClientAuthorities(clientCertificates.caPath, clientCertificates.crlPath),
  ]);
  return { identity, clientAuthorities };
}

function openCertificate({ certificate, dataDir }: EndpointOptions, logger: Logger): Promise<ServerCertificate> {
  if (certificate) return loadCertificate(certificate.certPath, certificate.keyPath);
  if (!dataDir) return temporaryCertificate();
  return keptCertificate(dataDir, (why) => logger.warn({}, why));
}
