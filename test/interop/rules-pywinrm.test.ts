import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { request } from '../support/envelopes.js';
import { PASSWORD, runEndpoint, USER } from '../support/running-endpoint.js';
import { useLegacyOpenssl } from './legacy-openssl.js';
import { findLiveClient } from './live-client.js';
import { expectBroken } from './rules/break-it.js';
import { brokenThings, type Way } from './rules/broken-things.js';

const script = fileURLToPath(new URL('clients/pywinrm-outcomes.py', import.meta.url));
const python = findLiveClient({
  name: 'pywinrm',
  debianPackage: 'python3-winrm',
  probes: [
    ['python3', '-c', 'import winrm, requests_ntlm'],
    ['/usr/bin/python3', '-c', 'import winrm, requests_ntlm'],
  ],
});

describe.skipIf(python === undefined)('pywinrm', () => {
  const running = runEndpoint({ httpsPort: 0 });
  const legacy = useLegacyOpenssl();
  let child: ChildProcessByStdio<Writable, Readable, null>;
  let lines: Interface;
  beforeAll(() => {
    child = spawn(python ?? '', [script], { stdio: ['pipe', 'pipe', 'inherit'], env: legacy.env });
    lines = createInterface(child.stdout);
  });
  afterAll(async () => {
    child.stdin.end();
    await once(child, 'exit');
  });

  async function ask(task: Readonly<Record<string, unknown>>): Promise<string> {
    const answered = once(lines, 'line') as Promise<[string]>;
    child.stdin.write(`${JSON.stringify({ user: USER, password: PASSWORD, message: request(), ...task })}\n`);
    return JSON.parse((await answered)[0]) as string;
  }

  const ways: readonly (readonly [Way, () => Readonly<Record<string, unknown>>])[] = [
    ['HTTP', () => ({ url: running.url, transport: 'basic', encryption: 'never' })],
    ['HTTPS', () => ({ url: running.endpoint.https?.url, transport: 'ssl', encryption: 'never' })],
    ['sealed', () => ({ url: running.url, transport: 'ntlm', encryption: 'always' })],
  ];

  describe.each(ways)('over %s', (way, task) => {
    it.each(brokenThings)('says what the page says of $then', async (thing) => {
      await expectBroken(running, thing, 'python3-winrm', way, () => ask(task()));
    });
  });
});
