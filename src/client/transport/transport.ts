/** An HTTP answer, read to its end. Header names are in lower case. */
export interface TransportResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  /** The scheme whose credentials the request had, if it had any. */
  readonly scheme?: string;
}

/** What one post may need beyond its body. */
export interface PostOptions {
  /** Headers of this message, Content-Type among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds until the post fails with `timeout`. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** The message only reads, so that it does no harm when the server gets it twice. */
  readonly readsOnly?: boolean | undefined;
}

/**
 * Carries one message to the endpoint and its answer back, in clear as far as both ends can tell. Authentication is behind it:
 * Basic adds a header to each post; a scheme that is bound to a connection (NTLM, Kerberos) signs connections in, and seals and
 * opens bodies.
 */
export interface Transport {
  /** @throws WsmanTransportError when no HTTP answer came */
  post(body: Uint8Array, options: PostOptions): Promise<TransportResponse>;
  close(): Promise<void>;
}
