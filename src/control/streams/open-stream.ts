import type { FastifyReply } from 'fastify';
import type { ControlLimits } from '../control-limits.js';
import type { Places } from '../places.js';
import { type EventStream, openEventStream } from './event-stream.js';

/**
 * Answers with a stream that ends when the endpoint closes.
 *
 * @param places of which it takes one @throws ControlError 429
 */
export function openStream(
  reply: FastifyReply,
  places: Places,
  limits: ControlLimits,
  closing: AbortSignal,
): EventStream {
  const leave = places.take();
  reply.hijack();
  const stream = openEventStream(reply.raw, limits);
  const end = () => stream.end('the endpoint closes');
  closing.addEventListener('abort', end);
  stream.onClose(() => {
    closing.removeEventListener('abort', end);
    leave();
  });
  return stream;
}
