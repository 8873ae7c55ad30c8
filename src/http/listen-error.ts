/** Why an address cannot be listened on. */
const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use',
  EACCES: 'this user may not use that port',
  EADDRNOTAVAIL: 'this machine does not have that address',
  ENOTFOUND: 'there is no such host',
};

/** A listener could not be opened. `expected`: the message is for the operator and says all there is to say. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly expected = true;
  /** The system's code, such as `EADDRINUSE`. */
  readonly code: string;
  readonly host: string;
  readonly port: number;

  constructor(host: string, port: number, cause: NodeJS.ErrnoException) {
    const code = cause.code ?? 'unknown';
    super(`cannot listen on ${host} port ${port}: ${REASONS[code] ?? code}`, { cause });
    this.code = code;
    this.host = host;
    this.port = port;
  }
}
