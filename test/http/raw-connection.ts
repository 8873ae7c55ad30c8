import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';

export interface RawResponse {
  readonly status: number;
  /** Lower-case names; fields that occur twice are joined with a line feed. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** A TCP connection that sends exactly the bytes it is told to: what no HTTP library would send. */
export class RawConnection {
  /** Settles when the server has closed the connection. */
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  #received = '';
  #wake: () => void = () => undefined;
  #isClosed = false;
  #failure: string | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      this.#received += text;
      this.#wake();
    });
    // A reset is one way for the server to close.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#failure = error.code;
    });
    this.closed = new Promise((resolve) =>
      socket.on('close', () => {
        this.#isClosed = true;
        this.#wake();
        resolve();
      }),
    );
  }

  /** @param options tls: what the client brings to the handshake, or just that there is one */
  static open(
    port: number,
    options: { tls?: boolean | ConnectionOptions; host?: string } = {},
  ): Promise<RawConnection> {
    const { tls = false, host = '127.0.0.1' } = options;
    return new Promise((resolve, reject) => {
      const clientTls = { port, host, rejectUnauthorized: false, ...(typeof tls === 'object' && tls) };
      const socket = tls !== false ? connectTls(clientTls) : connect({ port, host });
      socket.once(tls !== false ? 'secureConnect' : 'connect', () => resolve(new RawConnection(socket)));
      socket.once('error', reject);
    });
  }

  send(bytes: string | Buffer): this {
    this.#socket.write(bytes);
    return this;
  }

  /** Reads nothing that comes, until {@link resume}. */
  pause(): this {
    this.#socket.pause();
    return this;
  }

  resume(): this {
    this.#socket.resume();
    return this;
  }

  /** Sends no more, and goes on reading. */
  end(): this {
    this.#socket.end();
    return this;
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** Breaks the connection off as a process that crashes does: RST in place of FIN. Not under TLS. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }

  /** What has come and was in no answer that was taken. */
  get received(): string {
    return this.#received;
  }

  /** How the connection ended, once it has: `ECONNRESET`; undefined where it was closed in order. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** The next answer, 1xx included. Rejects when the connection closes before it is whole. */
  async response(): Promise<RawResponse> {
    for (;;) {
      const headEnd = this.#received.indexOf('\r\n\r\n');
      if (headEnd >= 0) {
        const { status, headers } = parseHead(this.#received.slice(0, headEnd));
        const end = headEnd + 4 + Number(headers.get('content-length') ?? 0);
        if (this.#received.length >= end) {
          const body = this.#received.slice(headEnd + 4, end);
          this.#received = this.#received.slice(end);
          return { status, headers, body };
        }
      }
      if (this.#isClosed) throw new Error(`closed after: ${JSON.stringify(this.#received.slice(0, 300))}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

function parseHead(head: string): Pick<RawResponse, 'status' | 'headers'> {
  const [statusLine = '', ...fields] = head.split('\r\n');
  const headers = new Map<string, string>();
  for (const field of fields) {
    const colon = field.indexOf(':');
    const name = field.slice(0, colon).toLowerCase();
    const value = field.slice(colon + 1).trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}\n${value}`);
  }
  return { status: Number(statusLine.split(' ')[1]), headers };
}
