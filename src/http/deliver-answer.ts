import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Authenticator } from '../auth/schemes/authenticator.js';
import type { Delivery, WsmanResponse } from '../wsman/wsman-service.js';
import { answerFields } from './answer-fields.js';
import type { Connection } from './connection.js';
import { type DeliveryPlan, planDelivery } from './delivery-plan.js';
import type { Exchange } from './exchange.js';
import type { Haste } from './haste.js';

/** Between two pieces of a slow body, where the rate is not so low that single bytes are further apart. */
const TICK_MS = 20;
/** Before a reset: whoever gets it together with bytes not yet read loses them (Windows), or takes it for an orderly end (libuv). */
const RESET_GAP_MS = 50;
/** As long as nobody gives up: the connection's own limit of silence ends it. */
const FOREVER_MS = Number.MAX_SAFE_INTEGER;

/** What is wanted of an answer on its way out. */
export interface DeliveryOrder {
  readonly delivery: Delivery;
  /** The value of `Cimulator-Reason`, if it is to be there. */
  readonly reason: string | undefined;
  readonly haste: Haste;
  readonly authenticator: Authenticator;
}

/**
 * Sends an answer as somebody wants it sent, with the network's faults. The requests behind it on the same connection wait for it,
 * others do not; a client that goes away, or an endpoint that closes, ends the waiting: what is left is then sent at once.
 *
 * Resolves when the answer is on its way, or what was to be sent of it, and the connection ended if it was to be.
 */
export async function deliverAnswer(
  { response, connection }: Exchange,
  answer: WsmanResponse,
  { delivery, reason, haste, authenticator }: DeliveryOrder,
): Promise<void> {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  const plan = planDelivery(delivery, answer.status, body.byteLength);
  await haste.pause(plan.delayMs, connection.signal);
  const socket = response.socket ?? (await socketInTurn(response, connection.signal));
  if (response.destroyed || socket === null) return;

  if (!plan.silent) await sendBody(response, plan, { answer, body, reason, connection, haste, authenticator });
  if (plan.end === undefined || connection.signal.aborted) return;
  await written(socket);
  if (plan.end === 'close') {
    socket.destroySoon();
    return;
  }
  if (!plan.silent) await haste.pause(RESET_GAP_MS, connection.signal);
  resetConnection(connection, socket);
}

/**
 * Node gives a response the socket only when the answers before it are written, which takes as long as their reader does.
 *
 * @returns null when the connection ended before that
 */
function socketInTurn(response: ServerResponse, signal: AbortSignal): Promise<Socket | null> {
  return new Promise((resolve) => {
    const settle = (): void => {
      response.off('socket', settle);
      signal.removeEventListener('abort', settle);
      resolve(response.socket);
    };
    response.on('socket', settle);
    signal.addEventListener('abort', settle);
    if (signal.aborted) settle();
  });
}

interface Sending {
  readonly answer: WsmanResponse;
  readonly body: Uint8Array;
  readonly reason: string | undefined;
  readonly connection: Connection;
  readonly haste: Haste;
  readonly authenticator: Authenticator;
}

async function sendBody(
  response: ServerResponse,
  plan: DeliveryPlan,
  { answer, body, reason, connection, haste, authenticator }: Sending,
): Promise<void> {
  const { status, length, bytesPerSecond, stalls } = plan;
  // RFC 9110 §6.4.1: these have no body, whatever their fields say.
  const bodyLength = status === 204 || status === 304 ? 0 : body.byteLength;
  const fields = answerFields(status, bodyLength, answer.contentType, reason);
  // RFC 9110 §15.5.2: a 401 names at least one scheme.
  if (status === 401) for (const one of authenticator.challenges(connection)) fields.push('WWW-Authenticate', one);
  response.writeHead(status, fields);
  response.flushHeaders();
  const part = body.subarray(0, Math.min(length, bodyLength));
  if (bytesPerSecond === undefined) response.write(part);
  else await trickle(response, part, bytesPerSecond, connection, haste);
  if (stalls && part.byteLength < bodyLength) {
    await standStill(response, connection, haste);
    if (!connection.signal.aborted) response.end(body.subarray(part.byteLength));
    return;
  }
  // What is cut off is never ended: its Content-Length promises more.
  if (length >= body.byteLength || bodyLength === 0) response.end();
}

/** Of whoever ends what it sends nobody can tell whether it still reads (half-closed.ts): here it counts as gone. */
async function standStill({ socket }: ServerResponse, { signal }: Connection, haste: Haste): Promise<void> {
  const leave = (): void => void socket?.destroy();
  socket?.once('end', leave);
  if (socket?.readableEnded) leave();
  await haste.pause(FOREVER_MS, signal);
  socket?.off('end', leave);
}

/** Never faster than the rate: what is due is counted from the beginning, so that late timers do not add up. */
async function trickle(
  response: ServerResponse,
  body: Uint8Array,
  bytesPerSecond: number,
  { signal }: Connection,
  haste: Haste,
): Promise<void> {
  const startedAt = performance.now();
  const intervalMs = Math.max(TICK_MS, 1000 / bytesPerSecond);
  let sent = 0;
  while (sent < body.byteLength && !haste.isOn && !signal.aborted) {
    await haste.pause(intervalMs, signal);
    const due = Math.min(body.byteLength, Math.floor(((performance.now() - startedAt) * bytesPerSecond) / 1000));
    if (due > sent && !signal.aborted) response.write(body.subarray(sent, due));
    sent = Math.max(sent, due);
  }
  if (sent < body.byteLength && !signal.aborted) response.write(body.subarray(sent));
}

/** Resolves when all that was written to the socket is in the hands of the system. */
function written(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) resolve();
    else socket.write('', () => resolve());
  });
}

/** A reset is one of TCP: under TLS, of the socket that carries it. */
function resetConnection({ carrier }: Connection, socket: Socket): void {
  (carrier ?? socket).resetAndDestroy();
  socket.destroy();
}
