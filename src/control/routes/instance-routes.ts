import type { FastifyReply } from 'fastify';
import { CimError } from '../../cim/model/cim-error.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { CimStatus } from '../../cim/model/cim-status.js';
import type { TestKit } from '../../endpoint/test-kit.js';
import { ControlError } from '../control-error.js';
import { DescribedModel } from '../described-model.js';
import { one } from '../schemas/answers.js';
import { HostQuery, InstanceChange, InstanceChoice, NewInstance, PutInstance, type Taken } from '../schemas/shapes.js';
import { type AboutHost, hostIn, type Routes, routeSchema } from './route.js';

export const instanceRoutes: Routes = (app, context) => {
  const cimOf = (request: AboutHost): TestKit['cim'] => context.kitOf(hostIn(request)).cim;
  const model = new DescribedModel(context);

  const json = (instance: CimInstance) => ({ instance: model.instanceJson(instance) });
  function readNew(given: Taken<typeof NewInstance>): CimInstance {
    const space = model.spaceOf(given.namespace);
    const cimClass = model.classOf(space, given.class);
    return model.newInstance(space, cimClass, model.readProperties(given.properties ?? {}, space, cimClass));
  }

  /** What is there, with the properties that are given; the instance itself where there is nothing. */
  async function changed(cim: TestKit['cim'], instance: CimInstance): Promise<CimInstance> {
    try {
      const found = await cim.get(instance.path ?? instance.className);
      return found.with(Object.fromEntries(instance.properties));
    } catch (error) {
      if (error instanceof CimError && error.status === CimStatus.NotFound) return instance;
      throw error;
    }
  }

  app.post('/v1/instances', {
    schema: routeSchema({
      summary: 'Create an instance',
      tag: 'instances',
      query: HostQuery,
      body: NewInstance,
      answers: { 201: one('instance', 'Instance') },
    }),
    handler: async (request, reply: FastifyReply) =>
      reply.code(201).send(json(await cimOf(request).get(await cimOf(request).create(readNew(request.body))))),
  });

  app.put('/v1/instances', {
    schema: routeSchema({
      summary: 'Create an instance, or replace it whole',
      tag: 'instances',
      query: HostQuery,
      body: PutInstance,
      answers: { 200: one('instance', 'Instance') },
    }),
    handler: async (request) => {
      const cim = cimOf(request);
      const { change = false, ...body } = request.body;
      const instance = readNew(body);
      return json(await cim.get(await cim.put(change ? await changed(cim, instance) : instance)));
    },
  });

  app.patch('/v1/instances', {
    schema: routeSchema({
      summary: 'Change properties of an instance',
      tag: 'instances',
      query: HostQuery,
      body: InstanceChange,
      answers: { 200: one('instance', 'Instance') },
    }),
    handler: async (request) => {
      const { path, properties } = request.body;
      const change = (found: CimInstance): CimInstance => {
        const space = model.spaceOf(found.path?.namespace);
        const cimClass = model.classOf(space, found.className);
        const changes = model.readProperties(properties, space, cimClass);
        const key = cimClass.keys.find(({ name }) => changes.has(name));
        if (key)
          throw new ControlError(400, `properties.${key.name}: a key does not change`, {
            place: `properties.${key.name}`,
          });
        return found.with(Object.fromEntries(changes));
      };
      return json(await cimOf(request).get(await cimOf(request).change(model.readPath(path), change)));
    },
  });

  app.post('/v1/instances/get', {
    schema: routeSchema({
      summary: 'An instance',
      tag: 'instances',
      query: HostQuery,
      body: InstanceChoice,
      answers: { 200: one('instance', 'Instance') },
    }),
    handler: async (request) => {
      const { path } = request.body;
      return json(await cimOf(request).get(model.readPath(path)));
    },
  });

  app.post('/v1/instances/delete', {
    schema: routeSchema({ summary: 'Delete an instance', tag: 'instances', query: HostQuery, body: InstanceChoice }),
    handler: async (request, reply: FastifyReply) => {
      const path = model.readPath(request.body.path);
      if (!(await cimOf(request).delete(path))) throw new ControlError(404, `there is no instance ${path}`);
      return reply.code(204).send();
    },
  });
};
