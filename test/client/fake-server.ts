import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface FakeRequest {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** A number for each TCP connection. */
  readonly connection: number;
}

export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
}

export interface FakeServer {
  readonly url: string;
  readonly requests: readonly FakeRequest[];
  close(): Promise<void>;
}

/** An HTTP server that answers each request as told; `never` leaves it waiting. */
export async function startFakeServer(
  answer: FakeAnswer | 'never' | ((request: FakeRequest) => FakeAnswer | 'never'),
  tls?: { readonly key: string; readonly cert: string },
): Promise<FakeServer> {
  const requests: FakeRequest[] = [];
  const connections = new Map<unknown, number>();
  const server: Server = tls ? createTlsServer(tls) : createServer();
  server.on('request', async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (!connections.has(request.socket)) connections.set(request.socket, connections.size + 1);
    const received: FakeRequest = {
      url: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks),
      connection: connections.get(request.socket) ?? 0,
    };
    requests.push(received);
    const given = typeof answer === 'function' ? answer(received) : answer;
    if (given === 'never') return;
    const { status = 200, headers = {}, body = '' } = given;
    response.writeHead(status, { 'content-type': 'application/soap+xml;charset=UTF-8', ...headers } as Record<
      string,
      string
    >);
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/wsman`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
