/** What those who hold the token could otherwise use without end. Times in milliseconds, sizes in bytes. */
export interface ControlLimits {
  /** Connections; more are closed at once. Default 256. */
  readonly maxConnections: number;
  /** From the first byte of a request to its last; 408 after that. Default 30 s. */
  readonly requestTimeoutMs: number;
  /** Largest body, but for the next two; more is 413. Default 1 MiB. */
  readonly maxBodyBytes: number;
  /** Largest body of `seed` and `restore`. Default 64 MiB. */
  readonly maxModelBytes: number;
  /** Waits at once; more are 429. Default 64. */
  readonly maxWaits: number;
  /** Streams of events at once; more are 429. Default 32. */
  readonly maxStreams: number;
  /** What a stream keeps for a client that does not read; it is ended beyond. Default 4 MiB. */
  readonly maxBacklogBytes: number;
  /** Methods that are answered from outside; more are 429. Default 256. */
  readonly maxMethods: number;
  /** Calls that wait for an answer from outside at once; more fail. Default 256. */
  readonly maxPendingCalls: number;
  /** Spaces at once, and streams that they end with; more are 429. Default 64. */
  readonly maxSpaces: number;
}

export const DEFAULT_CONTROL_LIMITS: ControlLimits = {
  maxConnections: 256,
  requestTimeoutMs: 30_000,
  maxBodyBytes: 1024 * 1024,
  maxModelBytes: 64 * 1024 * 1024,
  maxWaits: 64,
  maxStreams: 32,
  maxBacklogBytes: 4 * 1024 * 1024,
  maxMethods: 256,
  maxPendingCalls: 256,
  maxSpaces: 64,
};
