import type { FastifyReply } from 'fastify';
import type { ExchangeFilter } from '../../interceptors/match/exchange-match.js';
import type { RecordedExchange } from '../../interceptors/record/recorded-exchange.js';
import { ControlError } from '../control-error.js';
import { exchangeJson } from '../exchange-json.js';
import { Places } from '../places.js';
import { FoundRequests, one, Requests } from '../schemas/answers.js';
import { FilterQuery, Find, NumberParams, Wait } from '../schemas/shapes.js';
import { type Routes, routeSchema } from './route.js';

const DEFAULT_LIMIT = 1000;

interface Part {
  readonly after?: number | undefined;
  readonly limit?: number | undefined;
  readonly soap?: boolean | undefined;
  readonly knownNames?: boolean | undefined;
}

export const requestRoutes: Routes = (app, { kit, limits, closing }) => {
  const waits = new Places(limits.maxWaits, 'waits');

  function told(filter: ExchangeFilter, { after = 0, limit = DEFAULT_LIMIT, soap = false, knownNames }: Part) {
    const found = kit.requests(filter, { knownNames }).filter(({ number }) => number > after);
    const part = after > 0 ? found.slice(0, limit) : found.slice(-limit);
    return { requests: part.map((exchange) => exchangeJson(exchange, soap)), matched: found.length };
  }

  app.get('/v1/requests', {
    schema: routeSchema({
      summary: 'Exchanges, oldest first',
      tag: 'requests',
      query: FilterQuery,
      answers: { 200: Requests },
    }),
    handler: (request) => {
      const { after, limit, soap, knownNames, ...filter } = request.query;
      return told(filter, { after, limit, soap, knownNames });
    },
  });

  app.post('/v1/requests/find', {
    schema: routeSchema({
      summary: 'Exchanges, oldest first, also by their values',
      tag: 'requests',
      body: Find,
      answers: { 200: FoundRequests },
    }),
    handler: (request) => {
      const { filter, ...part } = request.body;
      const found = told(filter ?? {}, part);
      return filter === undefined ? found : { ...found, filter: kit.maskFilter(filter) };
    },
  });

  app.post('/v1/requests/wait', {
    schema: routeSchema({
      summary: 'Wait until there is such an exchange',
      tag: 'requests',
      body: Wait,
      answers: { 200: one('request', 'Exchange') },
    }),
    handler: async (request, reply: FastifyReply) => {
      const { filter = {}, timeout, count, knownNames } = request.body;
      const leave = waits.take();
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort(new ControlError(408, 'the client has gone')));
      closing.addEventListener('abort', () => gone.abort(new ControlError(503, 'the endpoint closes')));
      const { signal } = gone;
      try {
        const waited = kit.waitForRequest(filter, { timeout, count, signal, knownNames });
        return { request: exchangeJson(await waited) };
      } finally {
        leave();
      }
    },
  });

  app.get('/v1/requests/:number', {
    schema: routeSchema({
      summary: 'An exchange with both envelopes',
      tag: 'requests',
      params: NumberParams,
      answers: { 200: one('request', 'Exchange') },
    }),
    handler: (request) => ({ request: exchangeJson(numbered(request.params.number), true) }),
  });

  app.delete('/v1/requests', {
    schema: routeSchema({ summary: 'Forget all exchanges', tag: 'requests' }),
    handler: (_request, reply) => {
      kit.clearRequests();
      return reply.code(204).send();
    },
  });

  function numbered(number: number): RecordedExchange {
    const found = kit.requests().find((exchange) => exchange.number === number);
    if (found === undefined) throw new ControlError(404, `there is no exchange ${number}, or it is no longer kept`);
    return found;
  }
};
