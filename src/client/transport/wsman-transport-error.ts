/**
 * What went wrong below SOAP:
 * `connect` no connection; `closed` the peer hung up; `timeout`; `aborted` by the caller; `tls` the certificate or the
 * handshake; `proxy` the proxy in between; `scheme` there is no way to sign in that both ends allow; `unauthorized` HTTP 401; `security` the endpoint
 * does not prove who it is, or its answer was changed; `http` another HTTP status without a fault; `response` an answer
 * that is no WS-Man message.
 */
export type TransportFailure =
  | 'connect'
  | 'closed'
  | 'timeout'
  | 'aborted'
  | 'tls'
  | 'proxy'
  | 'scheme'
  | 'unauthorized'
  | 'security'
  | 'http'
  | 'response';

/** The call got no SOAP answer. The message is one line that says what to check. */
export class WsmanTransportError extends Error {
  override readonly name = 'WsmanTransportError';
  /** The message is meant for the person who made the call. */
  readonly expected = true;
  readonly failure: TransportFailure;
  /** The HTTP status, when there was an answer. */
  readonly status: number | undefined;

  constructor(failure: TransportFailure, message: string, options?: ErrorOptions & { status?: number }) {
    super(message, options);
    this.failure = failure;
    this.status = options?.status;
  }
}
