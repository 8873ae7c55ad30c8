import { type TransportFailure, WsmanTransportError } from './wsman-transport-error.js';

const untrusted = 'its certificate is not trusted: give its fingerprint or its CA, or turn the check off';

/** Error codes of node, OpenSSL and undici, and what each means to the person who made the call. */
const explanations: Readonly<Record<string, readonly [TransportFailure, string]>> = {
  ECONNREFUSED: ['connect', 'nothing listens there: is the endpoint started, and the port right?'],
  ENOTFOUND: ['connect', 'the host name is not known: check it'],
  EAI_AGAIN: ['connect', 'the host name cannot be looked up now: check the name and the network'],
  EHOSTUNREACH: ['connect', 'the host cannot be reached: check the address and the network'],
  ENETUNREACH: ['connect', 'the network cannot be reached'],
  ETIMEDOUT: ['connect', 'the host does not answer: check the address and the firewall'],
  UND_ERR_CONNECT_TIMEOUT: ['connect', 'the host does not answer: check the address and the firewall'],
  ECONNRESET: ['closed', 'the connection was closed without an answer: is this the right protocol (http or https)?'],
  EPIPE: ['closed', 'the connection was closed while sending'],
  UND_ERR_SOCKET: [
    'closed',
    'the connection was closed without an answer: is this the right protocol (http or https)?',
  ],
  UND_ERR_DESTROYED: ['closed', 'the client is closed'],
  UND_ERR_CLOSED: ['closed', 'the client is closed'],
  UND_ERR_RES_EXCEEDED_MAX_SIZE: ['response', 'the answer is longer than allowed: raise maxEnvelopeSize'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['tls', untrusted],
  SELF_SIGNED_CERT_IN_CHAIN: ['tls', untrusted],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['tls', untrusted],
  UNABLE_TO_GET_ISSUER_CERT: ['tls', untrusted],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['tls', untrusted],
  CERT_HAS_EXPIRED: ['tls', 'its certificate has expired, by the clock of this machine'],
  CERT_NOT_YET_VALID: ['tls', 'its certificate is not valid yet, by the clock of this machine'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['tls', 'its certificate is for another host name'],
  EPROTO: ['tls', 'the TLS handshake failed: is this an https port?'],
  ERR_SSL_WRONG_VERSION_NUMBER: ['tls', 'the TLS handshake failed: is this an https port?'],
};

/** Turns whatever the HTTP client threw into one line that tells the caller what to check. */
export function explainConnectionFailure(error: unknown, url: URL): Error {
  if (error instanceof WsmanTransportError) return located(error.failure, error.message, url, error);
  if (!(error instanceof Error)) return located('closed', String(error), url, error);
  if (error.name === 'TimeoutError') return located('timeout', 'no answer within the time allowed', url, error);
  if (error.name === 'AbortError') return located('aborted', 'the call was aborted', url, error);
  const code = findCode(error);
  const known = explanations[code];
  if (known) return located(known[0], known[1], url, error);
  if (code.startsWith('HPE_') || error.name === 'HTTPParserError') {
    return located('response', 'the answer is not HTTP: is this the right protocol (http or https)?', url, error);
  }
  return located('closed', `${code || error.name}: ${error.message}`, url, error);
}

function located(failure: TransportFailure, message: string, url: URL, cause: unknown): WsmanTransportError {
  const status = cause instanceof WsmanTransportError ? cause.status : undefined;
  return new WsmanTransportError(failure, `${url.origin}: ${message}`, {
    cause,
    ...(status !== undefined && { status }),
  });
}

/** The code of an error or of its first cause that has one; a host with several addresses gives an AggregateError. */
function findCode(error: Error): string {
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return findCode(error.errors[0]);
  return error.cause instanceof Error ? findCode(error.cause) : '';
}
