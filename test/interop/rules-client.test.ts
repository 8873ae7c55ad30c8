import { describe, it } from 'vitest';
import { parseInstancePath } from '../../src/cim/model/parse-instance-path.js';
import type { ClientOptions } from '../../src/client/client-options.js';
import { createClient } from '../../src/client/create-client.js';
import { WsmanTransportError } from '../../src/client/transport/wsman-transport-error.js';
import { WsmanClientError } from '../../src/client/wsman-client-error.js';
import { METHOD, NAMESPACE, SERVICE_CLASS, serviceKeys } from '../support/envelopes.js';
import { PASSWORD, runEndpoint, USER } from '../support/running-endpoint.js';
import { expectBroken } from './rules/break-it.js';
import { brokenThings, type Way } from './rules/broken-things.js';

const path = (className: string, keys: Readonly<Record<string, string>>) => {
  const written = Object.entries(keys).map(([name, value]) => `${name}="${value}"`);
  return parseInstancePath(`${NAMESPACE}:${className}.${written.join(',')}`);
};
const system = (Name: string) =>
  path('MSFTSM_ComputerSystem', { CreationClassName: 'MSFTSM_ComputerSystem', Name: `${Name}.lab.example` });

describe('our client', () => {
  const running = runEndpoint({ httpsPort: 0 });

  async function ask(options: ClientOptions): Promise<string> {
    const client = createClient({ user: USER, password: PASSWORD, operationTimeoutMs: 2_000, ...options });
    try {
      const input = { SourceSystem: system('iscsi-a'), TargetSystem: system('iscsi-b') };
      const { returnValue } = await client.invoke(path(SERVICE_CLASS, serviceKeys), METHOD, input);
      return `ReturnValue ${returnValue}`;
    } catch (error) {
      return wordsOf(error);
    } finally {
      await client.close();
    }
  }

  const ways: readonly (readonly [Way, () => ClientOptions])[] = [
    ['HTTP', () => ({ url: running.url, auth: 'basic' })],
    ['HTTPS', () => ({ url: running.endpoint.https?.url ?? '', tls: { skipCACheck: true, skipCNCheck: true } })],
    ['sealed', () => ({ url: running.url, auth: 'negotiate' })],
  ];

  describe.each(ways)('over %s', (way, options) => {
    it.each(brokenThings)('says what the page says of $then', async (thing) => {
      await expectBroken(running, thing, 'our client', way, () => ask(options()));
    });
  });
});

function wordsOf(error: unknown): string {
  if (error instanceof WsmanTransportError)
    return `WsmanTransportError ${error.failure}${error.status === undefined ? '' : ` ${error.status}`}`;
  if (error instanceof WsmanClientError) return `WsmanClientError ${error.subcode?.name}`;
  return String(error);
}
