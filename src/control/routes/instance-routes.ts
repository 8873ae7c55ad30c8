import type { FastifyReply, FastifyRequest } from 'fastify';
import { CimError } from '../../cim/model/cim-error.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { CimStatus } from '../../cim/model/cim-status.js';
import { NameMap } from '../../cim/model/name-map.js';
import { encodeElement, encodeElements } from '../../cimjson/encode.js';
import { readPlainValues } from '../../cimjson/read-plain.js';
import type { TestKit } from '../../endpoint/test-kit.js';
import { ControlError } from '../control-error.js';
import { DescribedModel } from '../described-model.js';
import { Invoked, many, one } from '../schemas/answers.js';
import {
  AssociatorQuery,
  HostQuery,
  InstanceChange,
  InstanceChoice,
  InstanceQuery,
  Invocation,
  NewInstance,
  PutInstance,
  type Taken,
} from '../schemas/shapes.js';
import { hostIn, type Routes, routeSchema } from './route.js';

export const instanceRoutes: Routes = (app, context) => {
  const cimOf = (request: FastifyRequest): TestKit['cim'] => context.kitOf(hostIn(request)).cim;
  const model = new DescribedModel(context);

  const json = (instance: CimInstance) => ({ instance: model.instanceJson(instance) });
  const list = (instances: readonly CimInstance[]) => ({
    instances: instances.map((each) => model.instanceJson(each)),
  });

  function readNew(body: unknown): CimInstance {
    const given = body as Taken<typeof NewInstance>;
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
      const { change = false, ...body } = request.body as Taken<typeof PutInstance>;
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
      const { path, properties } = request.body as Taken<typeof InstanceChange>;
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
      const { path } = request.body as Taken<typeof InstanceChoice>;
      return json(await cimOf(request).get(model.readPath(path)));
    },
  });

  app.post('/v1/instances/delete', {
    schema: routeSchema({ summary: 'Delete an instance', tag: 'instances', query: HostQuery, body: InstanceChoice }),
    handler: async (request, reply: FastifyReply) => {
      const path = model.readPath((request.body as Taken<typeof InstanceChoice>).path);
      if (!(await cimOf(request).delete(path))) throw new ControlError(404, `there is no instance ${path}`);
      return reply.code(204).send();
    },
  });

  app.post('/v1/instances/find', {
    schema: routeSchema({
      summary: 'The instances that a query in WQL finds',
      tag: 'instances',
      query: HostQuery,
      body: InstanceQuery,
      answers: { 200: many('instances', 'Instance') },
    }),
    handler: async (request) => {
      const { query, namespace } = request.body as Taken<typeof InstanceQuery>;
      return list(
        await cimOf(request).find(query, namespace === undefined ? undefined : model.spaceOf(namespace).name),
      );
    },
  });

  app.post('/v1/instances/associators', {
    schema: routeSchema({
      summary: 'What is associated with an instance',
      tag: 'instances',
      query: HostQuery,
      body: AssociatorQuery,
      answers: { 200: many('instances', 'Instance') },
    }),
    handler: async (request) => {
      const { path, resultClass } = request.body as Taken<typeof AssociatorQuery>;
      return list(await cimOf(request).associators(model.readPath(path), resultClass));
    },
  });

  app.post('/v1/invoke', {
    schema: routeSchema({
      summary: 'Call a method',
      tag: 'instances',
      query: HostQuery,
      body: Invocation,
      answers: { 200: Invoked },
    }),
    handler: async (request) => {
      const { target, method: name, input = {} } = request.body as Taken<typeof Invocation>;
      const path = model.readPath(target, 'target');
      const { schema } = model.spaceOf(path.namespace);
      const findClass = (className: string) => schema.findClass(className);
      const method = schema.getClass(path.className).methods.get(name);
      const parameters = method?.parameters ?? new NameMap();
      const what = `method ${name} has no parameter`;
      const values = readPlainValues(input, parameters, what, 'input', (className) => findClass(className)?.properties);
      const { returnValue, outputs } = await cimOf(request).invoke(path, name, Object.fromEntries(values));
      return {
        returnValue: encodeElement(returnValue, method?.returnType, findClass),
        outputs: encodeElements(outputs, (output) => parameters.get(output)?.type, findClass),
      };
    },
  });
};
