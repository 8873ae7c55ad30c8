import type { ServerResponse } from 'node:http';
import type { Server, Socket } from 'node:net';
import { responseUnderWay } from './response-under-way.js';

/** Between two looks whether the peer is still there: little later than this it is noticed that nobody waits for an answer. */
const LOOK_MS = 500;
/** Of what is written first a peer that has gone complains, and what is written next fails: time for the complaint. */
const SECOND_MS = 25;

/**
 * Lets the server answer a client that has sent its request and closed its half of the connection (`nc -N`, some proxies): RFC 9112
 * §9.6 only ends what it sends. Node knows how, and would end the connection unless told.
 */
export function allowHalfClosed(server: Server): void {
  (server as Server & { httpAllowHalfOpen: boolean }).httpAllowHalfOpen = true;
  // Not before TLS is agreed on: whoever leaves in between would be waited for.
  server.on('secureConnection', (socket: Socket) => {
    socket.allowHalfOpen = true;
  });
}

/**
 * Sees to it that work for a client that has gone ends, as the end of what the client sends looks the same for one that has closed its
 * half and one that has closed all. Only the answer to something that is written tells them apart, so while work takes long, it is
 * told that the request goes on: 100 (Continue), which every client of HTTP/1.1 passes over (RFC 9110 §15.2).
 *
 * @param socket whose peer has ended what it sends
 */
export function watchHalfClosed(socket: Socket, connection: { readonly running: number }): void {
  if (connection.running === 0) return;
  const look = (): void => {
    const response = responseUnderWay(socket);
    if (connection.running > 0 && socket.writable && response && mayBeToldToGoOn(response)) response.writeContinue();
  };
  const timer = setInterval(() => {
    look();
    setTimeout(look, SECOND_MS).unref();
  }, LOOK_MS).unref();
  socket.once('close', () => clearInterval(timer));
}

function mayBeToldToGoOn({ headersSent, req }: ServerResponse): boolean {
  return !headersSent && req.httpVersion === '1.1';
}
