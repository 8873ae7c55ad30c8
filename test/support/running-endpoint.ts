import { afterAll, beforeAll } from 'vitest';
import type { Endpoint } from '../../src/endpoint/endpoint.js';
import type { EndpointOptions } from '../../src/endpoint/options/endpoint-options.js';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';

export const USER = 'tester';
export const PASSWORD = 'Passw0rd! with: colon';
export const authorization = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;

/** An answer over HTTP. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly text: string;
}

export interface RunningEndpoint {
  /** The endpoint, once the tests run. */
  readonly endpoint: Endpoint;
  readonly url: string;
  /** Sends a SOAP message with credentials; `init` changes what is sent. */
  post(
    body: string | Uint8Array,
    init?: { readonly headers?: Record<string, string>; readonly url?: string },
  ): Promise<Answer>;
}

/** Starts an endpoint for the tests of a file, on a free port, and stops it after them. */
export function runEndpoint(options: EndpointOptions = {}): RunningEndpoint {
  let running: Endpoint | undefined;
  beforeAll(async () => {
    running = await startEndpoint({ users: [{ name: USER, password: PASSWORD }], ...options });
  });
  afterAll(async () => running?.close());
  const get = () => {
    if (!running) throw new Error('the endpoint is not running yet');
    return running;
  };
  const url = () => get().http?.url ?? '';
  return {
    get endpoint() {
      return get();
    },
    get url() {
      return url();
    },
    async post(body, init = {}) {
      const headers = { 'content-type': 'application/soap+xml;charset=UTF-8', authorization, ...init.headers };
      const response = await fetch(init.url ?? url(), {
        method: 'POST',
        headers,
        body: typeof body === 'string' ? body : new Uint8Array(body),
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      return { status: response.status, headers: response.headers, bytes, text: bytes.toString('utf8') };
    },
  };
}
