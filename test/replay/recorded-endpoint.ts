import { resolveClientOptions } from '../../src/client/client-options.js';
import { createTransports } from '../../src/client/transport/create-transports.js';
import type { Endpoint } from '../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';
import { recorder } from '../../src/replay/record.js';
import { RECORDING_FORMAT, type RecordedMessage, type Recording, readRecording } from '../../src/replay/recording.js';
import { type ReplayOptions, replay } from '../../src/replay/replay.js';
import { createSecrets } from '../../src/secrets/secrets.js';
import { PASSWORD, USER } from '../support/running-endpoint.js';

const users = [{ name: USER, password: PASSWORD }];

/** Records what `work` says to a recorder that stands before an endpoint. */
export async function record(upstreamUrl: string, work: (url: string) => Promise<void>): Promise<string> {
  const messages: RecordedMessage[] = [];
  const settings = resolveClientOptions({ url: upstreamUrl, user: USER, password: PASSWORD, auth: 'basic' });
  const { authenticated } = createTransports(settings);
  const message = [recorder({ upstream: authenticated, write: (one) => messages.push(one), secrets: createSecrets() })];
  const endpoint = await startEndpoint({ users, lab: 'none', interceptors: { message } });
  try {
    await work(endpoint.http.url);
  } finally {
    await endpoint.close();
    await authenticated.close();
  }
  const head = { format: RECORDING_FORMAT, at: '2026-11-30T00:00:00.000Z', upstream: upstreamUrl };
  return `${[head, ...messages].map((line) => JSON.stringify(line)).join('\n')}\n`;
}

/** An endpoint that answers from a recording. */
export function startReplay(recording: string | Recording, options: ReplayOptions = {}): Promise<Endpoint> {
  const read = typeof recording === 'string' ? readRecording(recording, 'test.jsonl') : recording;
  const lab = options.fallback ? 'two-servers' : 'none';
  return startEndpoint({ users, lab, interceptors: { message: [replay(read, options)] } });
}
