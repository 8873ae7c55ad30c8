/** One address that the endpoint listens on. */
export interface ListenerFacts {
  readonly transport: 'HTTP' | 'HTTPS';
  /** Address or host name. */
  readonly host: string;
  readonly port: number;
  /** SHA-1 of the certificate, 40 hex digits; undefined without TLS. */
  readonly certificateThumbprint: string | undefined;
}

/** MS-WSMV 2.2.4.34. */
export interface AuthenticationFacts {
  readonly basic: boolean;
  readonly kerberos: boolean;
  readonly negotiate: boolean;
  readonly certificate: boolean;
  /** How much a client must tell about the TLS connection it believes to be on. */
  readonly channelBinding: 'none' | 'relaxed' | 'strict';
}

/** What winrm/config tells of an endpoint besides its settings: fixed when it starts. */
export interface EndpointFacts {
  /** Name of this host. */
  readonly machine: string;
  /** Asked when they are needed: ports are known only once they are open. */
  listeners(): readonly ListenerFacts[];
  /** Passwords are taken over plain HTTP from other machines, too. */
  readonly allowUnencrypted: boolean;
  /** Which ways to authenticate are enabled, on any listener. */
  readonly authentication: AuthenticationFacts;
  /** Connections of one listener. */
  readonly maxConnections: number;
  /** Time that a request may take to arrive. */
  readonly requestTimeoutMs: number;
  /** Requests that are let in at the same time, whatever the settings say. */
  readonly maxRequestsInFlight: number;
}
