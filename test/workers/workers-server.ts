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
  let dataDir: string;
  let cli: RunningCli;
  let ready: Ready;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'cimulator-workers-'));
    const settings = { CIMULATOR_PORT: '0', CIMULATOR_HTTPS_PORT: 'off', CIMULATOR_DATA_DIR: dataDir };
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
