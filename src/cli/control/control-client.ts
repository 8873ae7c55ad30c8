import type { Readable } from 'node:stream';
import type { Client, Dispatcher } from 'undici';
import { createConnector } from '../../client/transport/connector.js';
import { UsageError } from '../exit-with-error.js';
import { type ControlFlags, type ControlTarget, controlTarget } from './control-options.js';

/** Speaks to the control API of an endpoint. */
export interface ControlClient {
  /** @returns the JSON of the answer; undefined where there is none @throws UsageError with what the endpoint says is wrong */
  ask(method: Dispatcher.HttpMethod, path: string, body?: unknown): Promise<unknown>;
  /** A stream of events. @throws UsageError */
  stream(path: string, lastEventId: number | undefined): Promise<Readable>;
}

/** Opens a client for the endpoint that the flags mean, runs the work and closes the client again. @throws UsageError */
export async function withControl<T>(flags: ControlFlags, work: (client: ControlClient) => Promise<T>): Promise<T> {
  const target = await controlTarget(flags);
  const undici = await import('undici');
  const { fingerprint } = target;
  const tls = fingerprint === undefined ? undefined : { fingerprint256: fingerprint };
  const connect = createConnector(tls && { tls });
  // A wait may last ten minutes, and a stream for ever.
  const client = new undici.Client(target.url.origin, { connect, headersTimeout: 0, bodyTimeout: 0 });
  try {
    return await work(clientOf(client, target));
  } finally {
    await client.destroy();
  }
}

function clientOf(client: Client, target: ControlTarget): ControlClient {
  async function request(method: Dispatcher.HttpMethod, path: string, headers: object, body?: string) {
    try {
      return await client.request({
        ...{ method, path, body: body ?? null },
        headers: { authorization: `Bearer ${target.token}`, ...headers },
      });
    } catch (error) {
      throw unreachable(error, target);
    }
  }
  return {
    async ask(method, path, given) {
      const body = given === undefined ? undefined : JSON.stringify(given);
      const headers = body === undefined ? {} : { 'content-type': 'application/json' };
      const answer = await request(method, path, headers, body);
      const text = await answer.body.text();
      if (answer.statusCode >= 400) throw refused(answer.statusCode, text, target);
      return text === '' ? undefined : JSON.parse(text);
    },
    async stream(path, lastEventId) {
      const headers = lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) };
      const { statusCode, body } = await request('GET', path, headers);
      if (statusCode >= 400) throw refused(statusCode, await body.text(), target);
      return body;
    },
  };
}

/** No connection, or a broken one: whoever follows a stream tries again. */
export class ControlConnectionError extends UsageError {}

function unreachable(error: unknown, { url }: ControlTarget): UsageError {
  const { code, message } = error as NodeJS.ErrnoException;
  const hint = code === 'ECONNREFUSED' ? '; nothing listens there' : '';
  return new ControlConnectionError(`cannot reach the control API at ${url.origin}: ${message || code}${hint}`, {
    cause: error,
  });
}

/** What the endpoint says is wrong. */
export class ControlRefusal extends UsageError {
  /** In what was sent; empty for the whole. */
  readonly place: string;

  constructor(message: string, place: string) {
    super(message);
    this.place = place;
  }
}

function refused(status: number, text: string, { url }: ControlTarget): UsageError {
  const { message, place } = errorOf(text) ?? {};
  if (typeof message !== 'string')
    return new UsageError(`${url.origin} answered with HTTP ${status}, and is no control API`);
  return new ControlRefusal(message, typeof place === 'string' ? place : '');
}

function errorOf(text: string): { readonly message?: unknown; readonly place?: unknown } | undefined {
  try {
    return (JSON.parse(text) as { error?: object }).error;
  } catch {
    return undefined;
  }
}
