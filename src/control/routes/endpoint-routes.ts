import { Type } from '@sinclair/typebox';
import { packageVersion } from '../../package/package-version.js';
import { ControlError } from '../control-error.js';
import { Facts } from '../schemas/answers.js';
import { type Routes, routeSchema } from './route.js';

const NOT_MEASURED = "metrics are off here: 'cimulator serve --metrics' or startEndpoint({ metrics: true }) counts";

export const endpointRoutes: Routes = (app, { facts, namespace, metrics, workers, document }) => {
  app.get('/v1', {
    schema: routeSchema({ summary: 'What endpoint this is', tag: 'endpoint', answers: { 200: Facts } }),
    handler: () => ({
      ...{ version: packageVersion(), pid: process.pid, ...facts, namespace },
      ...(workers && { workers: workers() }),
    }),
  });

  app.get('/v1/openapi.json', {
    schema: routeSchema({
      summary: 'This document',
      tag: 'endpoint',
      answers: { 200: Type.Object({}, { additionalProperties: true }) },
    }),
    handler: () => document(),
  });

  app.get('/metrics', {
    schema: routeSchema({
      summary: 'Metrics, as Prometheus reads them',
      tag: 'endpoint',
      answers: { 200: Type.String() },
      produces: 'text/plain',
    }),
    handler: async (_request, reply) => {
      if (metrics === undefined) throw new ControlError(404, NOT_MEASURED);
      const { contentType, text } = await metrics();
      return reply.type(contentType).send(text);
    },
  });
};
