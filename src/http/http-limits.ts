/**
 * Everything a peer could otherwise use without end. Times in milliseconds, sizes in bytes; each listener has its own connections,
 * the number of requests is over all of them.
 */
export interface HttpLimits {
  /**
   * Largest request body; more is 413. Default 2 MiB: MaxEnvelopeSizekb = 2048 (MS-WSMV 2.2.4.25), where Windows has 500. A
   * method call with two thousand references fits; who wants Windows' limit sets it.
   */
  readonly maxBodyBytes: number;
  /** Largest body of a request without credentials, which can only be an Identify. Default 16 KiB. */
  readonly maxAnonymousBodyBytes: number;
  /** Largest request head; more is 431. Default 80 KiB: a Kerberos ticket of a user in many groups is 64,000 characters long. */
  readonly maxHeaderBytes: number;
  /** From the connection (or the last answer's next byte) to the end of the head; 408 after that. Default 10 s. */
  readonly headersTimeoutMs: number;
  /** From the first byte to the last of a request; 408 after that. Default 30 s. */
  readonly requestTimeoutMs: number;
  /** TLS handshake. Default 10 s. */
  readonly handshakeTimeoutMs: number;
  /** How long an idle connection is kept. Default 120 s, as http.sys: Windows keeps the connection of a CimSession open. */
  readonly keepAliveTimeoutMs: number;
  /** How long a connection may be silent in both directions while a request is answered. Default 5 min, for long Pulls. */
  readonly stallTimeoutMs: number;
  /** How long a refused request's body is thrown away before the connection is closed, so the peer reads the answer. Default 1 s. */
  readonly lingerMs: number;
  /** Connections of one listener; for more, those make room on which nobody has signed in. Default 1,000. */
  readonly maxConnections: number;
  /** Of these, how many those may not take on which nobody has signed in, and as many the others may not. Default 50. */
  readonly reservedConnections: number;
  /** Connections from one address, or one IPv6 /64, on which nobody has signed in; not from this machine. Default 100. */
  readonly maxUnauthenticatedPerAddress: number;
  /** From the connection until somebody has signed in on it; it is closed then, unless a request runs. Default 30 s. */
  readonly signInTimeoutMs: number;
  /** Requests being read or answered, over all listeners; more are 503. Default 1,500 (MaxConcurrentOperationsPerUser). */
  readonly maxRequestsInFlight: number;
}

export const DEFAULT_HTTP_LIMITS: HttpLimits = {
  maxBodyBytes: 2048 * 1024,
  maxAnonymousBodyBytes: 16 * 1024,
  maxHeaderBytes: 80 * 1024,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  handshakeTimeoutMs: 10_000,
  keepAliveTimeoutMs: 120_000,
  stallTimeoutMs: 300_000,
  lingerMs: 1_000,
  maxConnections: 1_000,
  reservedConnections: 50,
  maxUnauthenticatedPerAddress: 100,
  signInTimeoutMs: 30_000,
  maxRequestsInFlight: 1_500,
};
