/** An HTTP answer, read to its end. Header names are in lower case. */
export interface TransportResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/** What one post may need beyond its body. */
export interface PostOptions {
  /** Headers of this message, Content-Type among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds until the post fails with `timeout`. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Carries one message to the endpoint and its answer back. Authentication wraps it: Basic adds a header to each post;
 * a scheme that is bound to a connection (NTLM, Kerberos) does its handshake, seals and unseals bodies behind the same
 * two functions.
 */
export interface Transport {
  /** @throws WsmanTransportError when no HTTP answer came */
  post(body: Uint8Array, options: PostOptions): Promise<TransportResponse>;
  close(): Promise<void>;
}
