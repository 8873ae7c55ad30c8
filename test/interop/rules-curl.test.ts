import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, it } from 'vitest';
import { request } from '../support/envelopes.js';
import { PASSWORD, runEndpoint, USER } from '../support/running-endpoint.js';
import { findLiveClient } from './live-client.js';
import { expectBroken } from './rules/break-it.js';
import { brokenThings, type Way } from './rules/broken-things.js';

const curl = findLiveClient({ name: 'curl', debianPackage: 'curl', probes: [['curl', '--version']] });

describe.skipIf(curl === undefined)('curl', () => {
  const running = runEndpoint({ httpsPort: 0 });

  async function ask(url = ''): Promise<string> {
    const flags = [
      '-sk',
      '--max-time',
      '2',
      '-u',
      `${USER}:${PASSWORD}`,
      '-w',
      '\\n%{http_code}',
      '--data-binary',
      '@-',
    ];
    const type = 'Content-Type: application/soap+xml;charset=UTF-8';
    const child = spawn(curl ?? '', [...flags, '-H', type, url], { stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdin.end(request());
    const [output, [exitCode]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    if (exitCode !== 0) return `exit status ${exitCode}`;
    const status = output.slice(output.lastIndexOf('\n') + 1);
    const [, value] = /ReturnValue[^>]*>(\d+)</.exec(output) ?? [];
    const [, subcode] = /<s:Subcode><s:Value>([^<]+)</.exec(output) ?? [];
    return `${status} ${subcode ?? (value && `ReturnValue ${value}`) ?? 'no ReturnValue'}`;
  }

  const ways: readonly (readonly [Way, () => string | undefined])[] = [
    ['HTTP', () => running.url],
    ['HTTPS', () => running.endpoint.https?.url],
  ];

  describe.each(ways)('over %s', (way, url) => {
    it.each(brokenThings)('says what the page says of $then', async (thing) => {
      await expectBroken(running, thing, 'curl', way, () => ask(url()));
    });
  });
});
