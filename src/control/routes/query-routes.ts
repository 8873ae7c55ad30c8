import type { CimInstance } from '../../cim/model/cim-instance.js';
import { DescribedModel } from '../described-model.js';
import { many } from '../schemas/answers.js';
import { AssociatorQuery, HostQuery, InstanceQuery } from '../schemas/shapes.js';
import { type AboutHost, hostIn, type Routes, routeSchema } from './route.js';

export const queryRoutes: Routes = (app, context) => {
  const cimOf = (request: AboutHost) => context.kitOf(hostIn(request)).cim;
  const model = new DescribedModel(context);

  const list = (instances: readonly CimInstance[]) => ({
    instances: instances.map((each) => model.instanceJson(each)),
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
      const { query, namespace } = request.body;
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
      const { path, resultClass } = request.body;
      return list(await cimOf(request).associators(model.readPath(path), resultClass));
    },
  });
};
