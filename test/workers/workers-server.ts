import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type RunningCli, startCli } from '../cli/run-cli.js';

interface Ready {
  readonly http: string;
  readonly pid: number;
  readonly control: string;
  readonly controlToken: string;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** One `serve --workers 2` for all tests of a file, with a folder as its state. */
export function useWorkers(...args: readonly string[]) {
  return useWorkersWith({}, ...args);
}

/** The same with more variables, such as that of another state. */
export function useWorkersWith(variables: Readonly<Record<string, string>>, ...args: readonly string[]) {
  let dataDir: string;
  let cli: RunningCli;
  let ready: Ready;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'cimulator-workers-'));
    const settings = { CIMULATOR_PORT: '0', CIMULATOR_HTTPS_PORT: 'off', CIMULATOR_DATA_DIR: dataDir, ...variables };
    cli = startCli(['serve', '--workers', '2', '--ready-json', '--user', 'alice:secret', ...args], settings, null);
    ready = JSON.parse(await cli.firstLine()) as Ready;
  }, 60_000);
  afterAll(async () => {
    cli.process.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  });

  return {
    cli: () => cli,
    url: () => ready.http,
    /** A message on a connection of its own: the workers take them in turn. */
    post: (envelope: string): Promise<Answer> =>
      new Promise((resolve, reject) => {
        const headers = { 'Content-Type': 'application/soap+xml;charset=UTF-8' };
        const asked = request(
          ready.http,
          { method: 'POST', agent: false, auth: 'alice:secret', headers },
          (response) => {
            let text = '';
            response.setEncoding('utf8').on('data', (part: string) => {
              text += part;
            });
            response.on('end', () => resolve({ status: response.statusCode ?? 0, text })).on('error', reject);
          },
        );
        asked.on('error', reject).end(envelope);
      }),
    /** A stream of events; what comes between those that are asked for is passed over. */
    async events(path: string) {
      const ending = new AbortController();
      const headers = { Authorization: `Bearer ${ready.controlToken}` };
      const { body } = await fetch(`${ready.control}${path}`, { headers, signal: ending.signal });
      const texts = (body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
      let text = '';
      return {
        async next(event: string) {
          const pattern = new RegExp(`event: ${event}\\n(?:id: \\d+\\n)?data: (.*)\\n\\n`);
          for (;;) {
            const found = pattern.exec(text);
            if (found !== null) {
              text = text.slice(found.index + found[0].length);
              return JSON.parse(found[1] as string);
            }
            const { value, done } = await texts.next();
            if (done === true) throw new Error(`the stream ended without ${event}`);
            text += value;
          }
        },
        end: () => ending.abort(),
      };
    },
    async control(method: string, path: string, body?: unknown) {
      const response = await fetch(`${ready.control}${path}`, {
        method,
        headers: { Authorization: `Bearer ${ready.controlToken}`, 'Content-Type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
      return { status: response.status, text, json: isJson && text !== '' ? JSON.parse(text) : undefined };
    },
  };
}
