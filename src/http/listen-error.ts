/** Why an address cannot be listened on. */
const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use',
  EACCES: 'this user may not use that port',
  EADDRNOTAVAIL: 'this machine does not have that address',
  ENOTFOUND: 'there is no such host',
};

const OF_THE_ADDRESS: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'ENOTFOUND']);

/** What the two are called among the options of an endpoint. */
const OPTIONS = { host: 'host', port: 'port' };

/** A listener could not be opened. `expected`: the message is for the operator and says all there is to say. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly expected = true;
  /** The system's code, such as `EADDRINUSE`. */
  readonly code: string;
  readonly host: string;
  readonly port: number;
  /** The option that says it: `host` where the address cannot be had, else the one of the port. */
  readonly option: string;

  constructor(
    host: string,
    port: number,
    cause: NodeJS.ErrnoException,
    { host: hostOption, port: portOption } = OPTIONS,
  ) {
    const code = cause.code ?? 'unknown';
    super(`cannot listen on ${host} port ${port}: ${REASONS[code] ?? code}`, { cause });
    this.code = code;
    this.host = host;
    this.port = port;
    this.option = OF_THE_ADDRESS.has(code) ? hostOption : portOption;
  }
}
