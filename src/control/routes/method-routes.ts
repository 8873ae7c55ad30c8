import { ControlError } from '../control-error.js';
import { many, ref } from '../schemas/answers.js';
import { CallAnswer, IdParams, NewMethod } from '../schemas/shapes.js';
import { type Routes, routeSchema } from './route.js';

const DEFAULT_TIMEOUT = 30_000;

export const methodRoutes: Routes = (app, { methods, namespace }) => {
  app.get('/v1/methods', {
    schema: routeSchema({
      summary: 'The methods that are answered from outside',
      tag: 'methods',
      answers: { 200: many('methods', 'Method') },
    }),
    handler: () => ({ methods: methods.list() }),
  });

  app.post('/v1/methods', {
    schema: routeSchema({
      summary: 'Answer a method from outside',
      tag: 'methods',
      body: NewMethod,
      answers: { 201: ref('Method') },
    }),
    handler: (request, reply) => {
      const given = request.body;
      return reply.code(201).send(methods.register({ namespace, timeout: DEFAULT_TIMEOUT, ...given }));
    },
  });

  app.delete('/v1/methods/:id', {
    schema: routeSchema({ summary: "A method is the model's again", tag: 'methods', params: IdParams }),
    handler: (request, reply) => {
      if (!methods.remove(request.params.id)) throw new ControlError(404, 'there is no such method');
      return reply.code(204).send();
    },
  });

  app.post('/v1/calls/:id', {
    schema: routeSchema({ summary: 'Answer a call', tag: 'methods', params: IdParams, body: CallAnswer }),
    handler: (request, reply) => {
      methods.answer(request.params.id, request.body);
      return reply.code(204).send();
    },
  });
};
