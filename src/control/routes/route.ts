import type { TSchema } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ControlContext } from '../control-context.js';
import { ref } from '../schemas/answers.js';

/** Adds some routes to the app. */
export type Routes = (app: FastifyInstance, context: ControlContext) => void;

/** What the OpenAPI document says of a route. */
export interface RouteFacts {
  readonly summary: string;
  readonly tag: 'endpoint' | 'state' | 'instances' | 'requests' | 'rules' | 'methods' | 'spaces';
  readonly body?: TSchema;
  readonly query?: TSchema;
  readonly params?: TSchema;
  /** What is answered, by status; without it 204. Errors are added. */
  readonly answers?: Readonly<Record<number, TSchema>>;
  /** The body, where it is no JSON. */
  readonly produces?: string;
}

/** Which of several computers a request is about, by its `?host=`; undefined: all of them, or the default one. */
export function hostIn({ query }: FastifyRequest): string | undefined {
  return (query as { readonly host?: string }).host;
}

/** The schema of a route as fastify and its swagger plug-in want it. */
export function routeSchema({ summary, tag, body, query, params, answers, produces }: RouteFacts) {
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
