import { randomBytes } from 'node:crypto';
import type { EndpointLogger } from '../http/logger.js';
import { namedLogger } from './named-logger.js';
import type { EndpointOptions } from './options/endpoint-options.js';

/** What a space has of its own, beside its state. */
export interface SpaceIdentity {
  readonly name: string;
  readonly seed: number | undefined;
  /** The name of its account. */
  readonly user: string;
  /** The log of the endpoint. */
  readonly logger: EndpointLogger;
}

/**
 * The options of an endpoint as those of a space in it: free ports for its own, another password for the first account, and nothing on
 * disk, since two could not share a store, a data directory or a folder of traces.
 */
export function spaceOptions(options: EndpointOptions, { name, seed, user, logger }: SpaceIdentity): EndpointOptions {
  const {
    store: _store,
    state: _state,
    dataDir: _dataDir,
    cacheDir: _cacheDir,
    traceSoap: _traceSoap,
    ...same
  } = options;
  const hosts = options.hosts?.map(({ port: _port, httpsPort: _httpsPort, ...host }) => host);
  const { users: [first, ...others] = [], port, httpsPort = 'off', control } = options;
  const roles = first?.roles;
  return {
    ...same,
    ...(hosts && { hosts }),
    port: port === 'off' ? 'off' : 0,
    httpsPort: httpsPort === 'off' ? 'off' : 0,
    users: [{ name: user, password: randomBytes(16).toString('hex'), ...(roles && { roles }) }, ...others],
    control: { ...(typeof control === 'object' && control.host !== undefined && { host: control.host }) },
    logger: namedLogger(logger, { space: name }),
    ...(seed !== undefined && { seed }),
  };
}
