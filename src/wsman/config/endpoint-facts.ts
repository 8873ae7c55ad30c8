/** One address that the endpoint listens on. */
export interface ListenerFacts {
  readonly transport: 'HTTP' | 'HTTPS';
  /** Address or host name. */
  readonly host: string;
  readonly port: number;
  /** SHA-1 of the certificate, 40 hex digits; undefined without TLS. */
  readonly certificateThumbprint: string | undefined;
}

/** What winrm/config tells of an endpoint besides its settings: fixed when it starts. */
export interface EndpointFacts {
  /** Name of this host. */
  readonly machine: string;
  /** Asked when they are needed: ports are known only once they are open. */
  listeners(): readonly ListenerFacts[];
  /** Passwords are taken over plain HTTP from other machines, too. */
  readonly allowUnencrypted: boolean;
  /** The profile URIs of all authentication schemes (DSP0226 annex C). */
  readonly securityProfiles: readonly string[];
  /** Connections of one listener. */
  readonly maxConnections: number;
  /** Time that a request may take to arrive. */
  readonly requestTimeoutMs: number;
  /** Requests that are let in at the same time, whatever the settings say. */
  readonly maxRequestsInFlight: number;
}
