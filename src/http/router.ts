import { METHODS, type RequestListener } from 'node:http';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { connectionOf } from './connection.js';
import type { HttpRoutes } from './http-routes.js';
import { type Refusal, refusals, refuse } from './refusal.js';

const WSMAN_PATHS = ['/wsman', '/wsman/'];
const IDENTIFY_PATH = '/wsman-anon/identify';
const HEALTH_PATHS = ['/livez', '/readyz'];

/**
 * Finds out by its path what a request asks for. All listeners of a process have one router: it holds nothing of theirs, and is told by a
 * request's connection whose it is ({@link HttpRoutes}). So a process that opens and closes many builds the routes once.
 */
export function httpRouter(): Promise<RequestListener> {
  router ??= createRouter();
  return router;
}

let router: Promise<RequestListener> | undefined;

async function createRouter(): Promise<RequestListener> {
  const app = Fastify({
    // Windows asks for /wsman and /WSMAN alike (http.sys does not care, nor does $PSSessionApplicationName).
    routerOptions: { caseSensitive: false },
    // A path that is not even valid percent-encoding names nothing.
    frameworkErrors: (_error, request, reply) => turnDown(request, reply, refusals.notFound),
    // No route has a JSON schema. Without this fastify loads the compilers for them all the same: 35 ms of every start, and 4 MB.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    exposeHeadRoutes: true,
  });
  // The exchange reads bodies itself: fastify must not touch them before the caller is known, whatever their type, nor those of requests
  // that are turned down.
  const methods = app.supportedMethods.filter((method) => METHODS.includes(method));
  for (const method of methods) app.addHttpMethod(method, { hasBody: false, overrideExisting: true });

  for (const path of WSMAN_PATHS) app.post(path, post);
  app.post(IDENTIFY_PATH, postIdentify);
  app.get('/livez', (_request, reply) => reply.type('text/plain').send('ok\n'));
  app.get('/readyz', (request, reply) => {
    const problem = routesOf(request).problem();
    reply
      .code(problem === undefined ? 200 : 503)
      .type('text/plain')
      .send(`${problem ?? 'ok'}\n`);
  });
  app.setNotFoundHandler((request, reply) => turnDown(request, reply, refusalForPath(request.raw.url ?? '')));
  app.setErrorHandler((error, request, reply) => {
    routesOf(request).logger.error({ err: error }, 'internal error');
    turnDown(request, reply, refusals.internal);
  });
  await app.ready();
  return app.routing;
}

/** Every server tells its connections before it hands a request on. */
function routesOf({ raw }: FastifyRequest): HttpRoutes {
  const { routes } = connectionOf(raw.socket);
  if (routes === undefined) throw new Error('a request came by no listener');
  return routes;
}

function post(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  routesOf(request).wsman(request.raw, reply.raw, false);
}

function postIdentify(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  routesOf(request).wsman(request.raw, reply.raw, true);
}

function turnDown(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): void {
  reply.hijack();
  refuse(request.raw, reply.raw, refusal, routesOf(request).lingerMs);
}

function noSchemas(): never {
  throw new Error('no route has a schema');
}

function refusalForPath(url: string): Refusal {
  const path = (url.split('?', 1)[0] ?? '').toLowerCase();
  if (WSMAN_PATHS.includes(path) || path === IDENTIFY_PATH) return refusals.onlyPost;
  return HEALTH_PATHS.includes(path) ? refusals.onlyGet : refusals.notFound;
}
