import { Type } from '@sinclair/typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Places } from '../places.js';
import { StreamQuery } from '../schemas/shapes.js';
import { followExchanges } from '../streams/follow-exchanges.js';
import { openStream } from '../streams/open-stream.js';
import { type Routes, routeSchema } from './route.js';

export const streamRoutes: Routes = (app, { kit, limits, closing, matcher, methods }) => {
  const streams = new Places(limits.maxStreams, 'streams');

  const open = (reply: FastifyReply) => openStream(reply, streams, limits, closing);

  const events = (summary: string, tag: 'requests' | 'methods', query?: typeof StreamQuery) =>
    routeSchema({
      ...{ summary, tag, answers: { 200: Type.String() }, produces: 'text/event-stream' },
      ...(query && { query }),
    });

  app.get('/v1/requests/stream', {
    schema: events('Exchanges as they come: events exchange, gap, end', 'requests', StreamQuery),
    handler: (request, reply) => {
      const { after = lastEventId(request), ...filter } = request.query;
      // Before the head is written: a filter that can never match is an error.
      const matches = matcher(filter);
      followExchanges(kit, matches, after, open(reply));
    },
  });

  app.get('/v1/calls/stream', {
    schema: events('Calls of registered methods: events hello, call, cancelled, end', 'methods'),
    handler: (_request, reply) => {
      const stream = open(reply);
      const { id, remove } = methods.addStream({
        send(event, data) {
          // Who does not read will not answer either.
          if (stream.isFull) stream.drop();
          stream.send(event, data);
        },
      });
      stream.onClose(remove);
      stream.send('hello', { stream: id });
    },
  });
};

/** What a client that comes back says it had last. */
function lastEventId({ headers }: FastifyRequest): number | undefined {
  const text = headers['last-event-id'];
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
