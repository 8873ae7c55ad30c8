import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Static, TSchema } from '@sinclair/typebox';
import type { FastifyBaseLogger, FastifyInstance, FastifyTypeProvider, RawServerDefault } from 'fastify';
import type { ControlContext } from '../control-context.js';
import { ref } from '../schemas/answers.js';

/** What a route takes has, in its handler, the type of its schema. */
export interface TypesOfSchemas extends FastifyTypeProvider {
  readonly validator: NonNullable<this['schema']> extends TSchema ? Static<NonNullable<this['schema']>> : unknown;
}

type ControlApp = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, TypesOfSchemas>;

/** Adds some routes to the app. */
export type Routes = (app: ControlApp, context: ControlContext) => void;

/** What the OpenAPI document says of a route. */
export interface RouteFacts<Body = TSchema, Query = TSchema, Params = TSchema> {
  readonly summary: string;
  readonly tag: 'endpoint' | 'state' | 'instances' | 'requests' | 'rules' | 'methods' | 'spaces';
  readonly body?: Body;
  readonly query?: Query;
  readonly params?: Params;
  /** What is answered, by status; without it 204. Errors are added. */
  readonly answers?: Readonly<Record<number, TSchema>>;
  /** The body, where it is no JSON. */
  readonly produces?: string;
}

/** What says, by its `?host=`, which of several computers is meant. */
export interface AboutHost {
  readonly query: { readonly host?: string };
}

/** Which of several computers a request is about; undefined: all of them, or the default one. */
export function hostIn({ query }: AboutHost): string | undefined {
  return query.host;
}

/** The schema of a route as fastify and its swagger plug-in want it. */
export function routeSchema<Body extends TSchema, Query extends TSchema, Params extends TSchema>({
  summary,
  tag,
  body,
  query,
  params,
  answers,
  produces,
}: RouteFacts<Body, Query, Params>) {
  const response = answers ?? { 204: { type: 'null', description: 'Done.' } };
  return {
    summary,
    tags: [tag],
    ...(body && { body }),
    ...(query && { querystring: query }),
    ...(params && { params }),
    ...(produces !== undefined && { produces: [produces] }),
    response: { ...response, '4xx': ref('Error') },
  };
}
