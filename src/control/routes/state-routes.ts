import { Readable } from 'node:stream';
import { Type } from '@sinclair/typebox';
import type { FastifyReply } from 'fastify';
import type { ReplacedState, SeedSource, Snapshot } from '../../endpoint/test-kit.js';
import { DescribedModel } from '../described-model.js';
import { readSeedInstance } from '../read-seed-instance.js';
import { ExportedLab, Power, Replaced } from '../schemas/answers.js';
import { HostQuery, LabExport, Seed, SnapshotBody } from '../schemas/shapes.js';
import { hostIn, type Routes, routeSchema } from './route.js';

/** Of a state in memory nothing is kept, and nothing to be told. */
const REPLACED = { 200: Replaced, 204: Type.Null({ description: 'Done; no backup was kept.' }) };

function answerReplaced(reply: FastifyReply, { backup }: ReplacedState) {
  return backup === undefined ? reply.code(204).send() : reply.send({ backup });
}

export const stateRoutes: Routes = (app, context) => {
  const { kitOf, limits } = context;
  const model = new DescribedModel(context);
  const bodyLimit = limits.maxModelBytes;

  app.post('/v1/reset', {
    schema: routeSchema({ summary: 'As after the start', tag: 'state', query: HostQuery, answers: REPLACED }),
    handler: async (request, reply) => answerReplaced(reply, await kitOf(hostIn(request)).reset()),
  });

  app.get('/v1/power', {
    schema: routeSchema({
      summary: 'Whether the computer runs',
      tag: 'state',
      query: HostQuery,
      answers: { 200: Power },
    }),
    handler: (request) => ({ power: kitOf(hostIn(request)).power() }),
  });

  app.post('/v1/start', {
    schema: routeSchema({ summary: 'Have the computer run, or all that are off', tag: 'state', query: HostQuery }),
    handler: async (request, reply) => {
      await kitOf(hostIn(request)).start();
      return reply.code(204).send();
    },
  });

  app.post('/v1/seed', {
    bodyLimit,
    schema: routeSchema({ summary: 'Add instances, all or nothing', tag: 'state', query: HostQuery, body: Seed }),
    handler: async (request, reply) => {
      const { sources } = request.body;
      const read = sources.map((source, index): SeedSource => {
        if ('mof' in source) return source;
        return readSeedInstance(source.instance, model, `sources[${index}].instance`);
      });
      await kitOf(hostIn(request)).seed(read);
      return reply.code(204).send();
    },
  });

  app.post('/v1/snapshot', {
    schema: routeSchema({
      summary: 'The model as it is, to go back to',
      tag: 'state',
      query: HostQuery,
      answers: { 200: SnapshotBody },
    }),
    handler: (request) => kitOf(hostIn(request)).snapshot(),
  });

  app.post('/v1/restore', {
    bodyLimit,
    schema: routeSchema({
      summary: 'Go back to a snapshot',
      tag: 'state',
      query: HostQuery,
      body: SnapshotBody,
      answers: REPLACED,
    }),
    handler: async (request, reply) =>
      answerReplaced(reply, await kitOf(hostIn(request)).restore(request.body as Snapshot)),
  });

  app.post('/v1/lab', {
    schema: routeSchema({
      summary: 'Instances as MOF that starts the same state again',
      tag: 'state',
      body: LabExport,
      answers: { 200: ExportedLab },
    }),
    handler: async (request) => {
      const { namespace, classes } = request.body;
      const space = model.spaceOf(namespace);
      for (const [at, name] of classes?.entries() ?? []) model.classOf(space, name, `classes[${at}]`);
      return { ...(await context.exportLab(space, classes)), namespace: space.name };
    },
  });

  app.get('/v1/backup', {
    schema: routeSchema({
      summary: 'The state of this moment, for `cimulator state restore`',
      tag: 'state',
      answers: { 200: Type.String() },
      produces: 'application/jsonl',
    }),
    handler: (_request, reply) => reply.type('application/jsonl').send(Readable.from(context.backup())),
  });
};
