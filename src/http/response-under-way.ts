import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The answer that is written next to a connection. Node keeps it at the socket, and its documentation of `clientError` says to look there. */
export function responseUnderWay(socket: Socket): ServerResponse | null | undefined {
  return (socket as Socket & { _httpMessage?: ServerResponse | null })._httpMessage;
}
