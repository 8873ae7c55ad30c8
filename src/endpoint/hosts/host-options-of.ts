import type { HostDeclaration, HostNames } from '../../cim/hosts/host-names.js';
import type { EndpointOptions } from '../options/endpoint-options.js';
import type { HostOptions } from '../options/host-options.js';

/** What was said of a host when the endpoint was started, by any of its names. */
export function givenFor(
  { hosts = [] }: EndpointOptions,
  names: HostNames,
  { name }: HostDeclaration,
): HostOptions | undefined {
  return hosts.find((one) => names.find(one.name)?.name === name);
}

/**
 * The options of one of several hosts: those of the endpoint, but for what is said of it. Where the endpoint listens, the default host does; the
 * others on ports of their own.
 */
export function hostOptionsOf(
  options: EndpointOptions,
  given: HostOptions | undefined,
  isDefault: boolean,
): EndpointOptions {
  const { port, httpsPort, users, clock } = given ?? {};
  const otherwise = (one: number | 'off' | undefined) => (isDefault || one === 'off' ? one : 0);
  const { httpsPort: ofEndpoint = 'off' } = options;
  return {
    ...options,
    port: port ?? otherwise(options.port ?? 0) ?? 0,
    httpsPort: httpsPort ?? otherwise(ofEndpoint) ?? 'off',
    ...(users && { users }),
    ...(clock && { clock }),
  };
}
