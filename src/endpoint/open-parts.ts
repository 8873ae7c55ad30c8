import type { KerberosAcceptor } from '../auth/kerberos/kerberos-acceptor.js';
import type { ServerCertificate } from '../http/certificate.js';
import type { Logger } from '../http/logger.js';
import { allOpened } from './all-opened.js';
import type { Closers } from './closers.js';
import { loadModel, type Model, type ModelSource } from './load-model.js';
import { type Accounts, openOwnAccounts } from './open-accounts.js';
import { openKerberos } from './open-kerberos.js';
import { openTls, type Tls } from './open-tls.js';
import type { EndpointOptions } from './options/endpoint-options.js';

/** What a space has of the endpoint that it is in, which outlives it: nothing that changes. */
export interface SpaceHost {
  /** Of the space. */
  readonly name: string;
  readonly model: Model;
  readonly tls: Tls | undefined;
  readonly kerberos: KerberosAcceptor | undefined;
}

/** What is there before an endpoint is put together. */
export interface Parts extends Omit<SpaceHost, 'name'> {
  /** Unless they lie in the state, which is not open yet. */
  readonly ownAccounts: Accounts | undefined;
}

interface PartsGiven {
  readonly logger: Logger;
  readonly closers: Closers;
  readonly space: SpaceHost | undefined;
  /** In the place of a certificate of the options. */
  readonly identity: ServerCertificate | undefined;
}

/**
 * Loads and opens them side by side; a space has most of them already.
 *
 * @throws ModelError, AccountError, RoleError, UserFileError, KerberosUnavailableError, CertificateError
 */
export async function openParts(
  options: EndpointOptions,
  source: ModelSource,
  { logger, closers, space, identity }: PartsGiven,
): Promise<Parts> {
  if (space !== undefined) return { ...space, ownAccounts: await openOwnAccounts(options, logger, closers) };
  const [model, ownAccounts, kerberos, tls] = await allOpened([
    loadModel(source),
    openOwnAccounts(options, logger, closers),
    openKerberos(options.authentication, logger, closers),
    openTls(options, logger, identity),
  ]);
  for (const { file, line, column, message } of model.warnings) logger.warn({ file, line, column }, message);
  return { model, ownAccounts, kerberos, tls };
}
