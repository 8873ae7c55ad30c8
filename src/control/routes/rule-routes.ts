import { ruleSchema } from '../../interceptors/rules/rule-schema.js';
import { ControlError } from '../control-error.js';
import { many, ref } from '../schemas/answers.js';
import { HostQuery, IdParams } from '../schemas/shapes.js';
import { hostIn, type Routes, routeSchema } from './route.js';

export const ruleRoutes: Routes = (app, { kit, kitOf }) => {
  const none = (id: string) => new ControlError(404, `there is no rule '${id.slice(0, 100)}'`);

  app.get('/v1/rules', {
    schema: routeSchema({
      summary: 'All rules, in their order',
      tag: 'rules',
      query: HostQuery,
      answers: { 200: many('rules', 'Rule') },
    }),
    handler: (request) => ({ rules: kitOf(hostIn(request)).rules() }),
  });

  app.post('/v1/rules', {
    schema: routeSchema({
      summary: 'Add a rule',
      tag: 'rules',
      query: HostQuery,
      body: ruleSchema,
      answers: { 201: ref('Rule') },
    }),
    // What is wrong with a rule is told by whoever adds it, who knows the classes.
    validatorCompiler: () => (value) => ({ value }),
    handler: (request, reply) => reply.code(201).send(kitOf(hostIn(request)).addRule(request.body)),
  });

  app.get('/v1/rules/:id', {
    schema: routeSchema({ summary: 'A rule', tag: 'rules', params: IdParams, answers: { 200: ref('Rule') } }),
    handler: (request) => {
      const { id } = request.params;
      const found = kit.rules().find((rule) => rule.id === id);
      if (found === undefined) throw none(id);
      return found;
    },
  });

  app.delete('/v1/rules/:id', {
    schema: routeSchema({ summary: 'Remove a rule', tag: 'rules', params: IdParams }),
    handler: (request, reply) => {
      const { id } = request.params;
      if (!kit.removeRule(id)) throw none(id);
      return reply.code(204).send();
    },
  });
};
