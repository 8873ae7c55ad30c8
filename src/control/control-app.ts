import type { TSchema } from '@sinclair/typebox';
import Fastify, { type FastifyInstance } from 'fastify';
import { nearestName } from '../strings/nearest-name.js';
import { checkShape } from './check-shape.js';
import type { ControlContext } from './control-context.js';
import { ControlError } from './control-error.js';
import { errorAnswer } from './error-answer.js';
import { endpointRoutes } from './routes/endpoint-routes.js';
import { instanceRoutes } from './routes/instance-routes.js';
import { invokeRoutes } from './routes/invoke-routes.js';
import { methodRoutes } from './routes/method-routes.js';
import { queryRoutes } from './routes/query-routes.js';
import { requestRoutes } from './routes/request-routes.js';
import type { RouteFacts, Routes, TypesOfSchemas } from './routes/route.js';
import { ruleRoutes } from './routes/rule-routes.js';
import { spaceRoutes } from './routes/space-routes.js';
import { stateRoutes } from './routes/state-routes.js';
import { streamRoutes } from './routes/stream-routes.js';
import { NAMED } from './schemas/answers.js';

const ALL: readonly Routes[] = [
  ...[endpointRoutes, stateRoutes, instanceRoutes, queryRoutes, invokeRoutes],
  ...[requestRoutes, streamRoutes, ruleRoutes, methodRoutes, spaceRoutes],
];

/** What the app knows of the path and methods of each route. */
type Known = ReadonlyMap<string, readonly string[]>;

/**
 * All routes. It has no listener of its own.
 *
 * @param prepare what must be there before the routes are
 */
export async function controlApp(
  context: ControlContext,
  prepare: (app: FastifyInstance) => Promise<unknown> = async () => undefined,
): Promise<FastifyInstance> {
  const known = new Map<string, string[]>();
  const app = Fastify({
    bodyLimit: context.limits.maxBodyBytes,
    exposeHeadRoutes: false,
    routerOptions: { caseSensitive: true, maxParamLength: 256 },
    // A path that is not even valid percent-encoding.
    frameworkErrors: (error, _request, reply) => {
      reply.hijack();
      reply.raw
        .writeHead(400, { 'Content-Type': 'application/json' })
        .end(JSON.stringify({ error: { message: error.message } }));
    },
  });
  // The schemas of TypeBox are checked by TypeBox: fastify's own compilers are as large as all the rest.
  app.setValidatorCompiler<TSchema>((route) => (value) => checked(route.schema, route.httpPart, value));
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  app.addHook('onRoute', ({ url, method }) => {
    known.set(url, [...(known.get(url) ?? []), ...[method].flat()]);
  });
  // A request without a body may say that it is JSON.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void app.getDefaultJsonParser('error', 'error')(request, String(body), done);
  });
  app.setErrorHandler(async (error, _request, reply) => {
    const { status, body, isUnexpected } = errorAnswer(error);
    if (isUnexpected) context.logger.error({ err: error }, 'control: internal error');
    return reply.code(status).send(body);
  });
  app.setNotFoundHandler(async (request, reply) => {
    const path = (request.raw.url ?? '').split('?', 1)[0] ?? '';
    const allowed = known.get(path);
    if (allowed !== undefined) reply.header('Allow', allowed.join(', '));
    const { status, body } = errorAnswer(allowed ? wrongMethod(allowed) : noRoute(path, known));
    return reply.code(status).send(body);
  });
  const { gather, settle } = context;
  if (gather)
    app.addHook('preHandler', async ({ method, routeOptions }) => {
      const tag = tagOf(routeOptions.schema);
      // Waiting for requests is a POST.
      if (tag === 'requests' && method !== 'DELETE') await gather(tag);
      if (tag === 'rules' && method === 'GET') await gather(tag);
    });
  if (settle) app.addHook('onSend', (_request, _reply, payload) => settle().then(() => payload));
  for (const schema of NAMED) app.addSchema(schema);
  await prepare(app);
  for (const add of ALL) add(app.withTypeProvider<TypesOfSchemas>(), context);
  await app.ready();
  return app;
}

function checked(schema: TSchema, part: string | undefined, value: unknown): { value: unknown } | { error: Error } {
  try {
    return { value: checkShape(schema, value ?? undefined, part !== 'body') };
  } catch (error) {
    return { error: error as Error };
  }
}

function tagOf(schema: { readonly tags?: readonly string[] } | undefined): RouteFacts['tag'] | undefined {
  return schema?.tags?.[0] as RouteFacts['tag'] | undefined;
}

function wrongMethod(allowed: readonly string[]): ControlError {
  return new ControlError(405, `only ${allowed.join(', ')} is answered here`);
}

function noRoute(path: string, known: Known): ControlError {
  const nearest = nearestName(path, known.keys());
  const hint = nearest === undefined ? '; GET /v1/openapi.json lists all' : `: did you mean '${nearest}'?`;
  return new ControlError(404, `there is no such route${hint}`, { nearest });
}
