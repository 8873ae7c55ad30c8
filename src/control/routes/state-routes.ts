import type { SeedSource, Snapshot } from '../../endpoint/test-kit.js';
import { DescribedModel } from '../described-model.js';
import { readSeedInstance } from '../read-seed-instance.js';
import { Seed, SnapshotBody, type Taken } from '../schemas/shapes.js';
import { type Routes, routeSchema } from './route.js';

export const stateRoutes: Routes = (app, context) => {
  const { kit, limits } = context;
  const model = new DescribedModel(context);
  const bodyLimit = limits.maxModelBytes;

  app.post('/v1/reset', {
    schema: routeSchema({ summary: 'As after the start', tag: 'state' }),
    handler: async (_request, reply) => {
      await kit.reset();
      return reply.code(204).send();
    },
  });

  app.post('/v1/seed', {
    bodyLimit,
    schema: routeSchema({ summary: 'Add instances, all or nothing', tag: 'state', body: Seed }),
    handler: async (request, reply) => {
      const { sources } = request.body as Taken<typeof Seed>;
      const read = sources.map((source, index): SeedSource => {
        if ('mof' in source) return source;
        return readSeedInstance(source.instance, model, `sources[${index}].instance`);
      });
      await kit.seed(read);
      return reply.code(204).send();
    },
  });

  app.post('/v1/snapshot', {
    schema: routeSchema({ summary: 'The model as it is, to go back to', tag: 'state', answers: { 200: SnapshotBody } }),
    handler: () => kit.snapshot(),
  });

  app.post('/v1/restore', {
    bodyLimit,
    schema: routeSchema({ summary: 'Go back to a snapshot', tag: 'state', body: SnapshotBody }),
    handler: async (request, reply) => {
      await kit.restore(request.body as Snapshot);
      return reply.code(204).send();
    },
  });
};
