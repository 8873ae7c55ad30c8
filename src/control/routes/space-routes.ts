import { Type } from '@sinclair/typebox';
import type { FastifyReply } from 'fastify';
import { ControlError } from '../control-error.js';
import { Places } from '../places.js';
import { many, OpenedSpace } from '../schemas/answers.js';
import { NameParams, NewSpace } from '../schemas/shapes.js';
import type { Spaces } from '../spaces/spaces.js';
import { openStream } from '../streams/open-stream.js';
import { type Routes, routeSchema } from './route.js';

export const spaceRoutes: Routes = (app, { spaces, limits, closing }) => {
  const streams = new Places(limits.maxSpaces, 'streams of spaces');

  function all(): Spaces {
    if (spaces !== undefined) return spaces;
    throw new ControlError(403, 'this is a space: the control API of its endpoint opens, lists and closes spaces');
  }

  app.get('/v1/spaces', {
    schema: routeSchema({
      summary: 'The spaces that are open',
      tag: 'spaces',
      answers: { 200: many('spaces', 'Space') },
    }),
    handler: () => ({ spaces: all().list() }),
  });

  app.post('/v1/spaces', {
    schema: routeSchema({
      summary: 'Open a space: an endpoint of its own in this process',
      tag: 'spaces',
      body: NewSpace,
      answers: { 201: OpenedSpace },
    }),
    handler: async (request, reply: FastifyReply) => reply.code(201).send(await all().open(request.body)),
  });

  app.delete('/v1/spaces/:name', {
    schema: routeSchema({ summary: 'Close a space', tag: 'spaces', params: NameParams }),
    handler: async (request, reply: FastifyReply) => {
      const { name } = request.params;
      if (!(await all().close(name))) throw new ControlError(404, `there is no space '${name.slice(0, 100)}'`);
      return reply.code(204).send();
    },
  });

  app.get('/v1/spaces/stream', {
    schema: routeSchema({
      summary: 'Spaces that name this stream are closed when it ends: events hello, end',
      tag: 'spaces',
      answers: { 200: Type.String() },
      produces: 'text/event-stream',
    }),
    handler: (_request, reply) => {
      const owned = all();
      const stream = openStream(reply, streams, limits, closing);
      const { id, remove } = owned.addStream();
      stream.onClose(() => void remove());
      stream.send('hello', { stream: id });
    },
  });
};
