import { hostname } from 'node:os';
import { DEFAULT_HTTP_LIMITS } from '../http/http-limits.js';
import type { Listeners } from '../http/listeners.js';
import type { EndpointFacts, ListenerFacts } from '../wsman/config/endpoint-facts.js';
import type { Tls } from './open-tls.js';
import { withAuthenticationDefaults } from './options/authentication-options.js';
import type { EndpointOptions } from './options/endpoint-options.js';
import { unencryptedMode } from './options/network-options.js';

/**
 * What winrm/config says of this endpoint.
 *
 * @param kerberos whether it is served
 * @param machine which of several computers it is; the one that it runs on by default
 */
export function endpointFacts(
  options: EndpointOptions,
  kerberos: boolean,
  listeners: EndpointFacts['listeners'],
  machine = hostname(),
): EndpointFacts {
  const { maxConnections, requestTimeoutMs, maxRequestsInFlight } = { ...DEFAULT_HTTP_LIMITS, ...options.limits };
  const authentication = withAuthenticationDefaults(options.authentication);
  return {
    machine,
    listeners,
    allowUnencrypted: unencryptedMode(options) === 'always',
    authentication: {
      ...authentication,
      // Kerberos comes within Negotiate, too.
      negotiate: authentication.negotiate || kerberos,
      kerberos,
      certificate: options.clientCertificates !== undefined,
    },
    maxConnections,
    requestTimeoutMs,
    maxRequestsInFlight,
  };
}

/** @param listeners undefined as long as none are open */
export function listenerFacts(listeners: Listeners | undefined, tls: Tls | undefined): readonly ListenerFacts[] {
  const { http, https } = listeners ?? {};
  const certificateThumbprint = tls?.identity.fingerprints.sha1;
  return [
    ...(http ? [{ ...http, transport: 'HTTP' as const, certificateThumbprint: undefined }] : []),
    ...(https ? [{ ...https, transport: 'HTTPS' as const, certificateThumbprint }] : []),
  ];
}
