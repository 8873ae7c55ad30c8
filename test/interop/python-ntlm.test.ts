import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DMTF, METHOD, request, SERVICE_CLASS } from '../support/envelopes.js';
import { readTree, textAt } from '../support/read-answer.js';
import { PASSWORD, runEndpoint, USER } from '../support/running-endpoint.js';
import { useLegacyOpenssl } from './legacy-openssl.js';
import { findLiveClient } from './live-client.js';

const script = fileURLToPath(new URL('clients/ntlm-send.py', import.meta.url));
const probes = (module: string) =>
  [
    ['python3', '-c', `import ${module}`],
    ['/usr/bin/python3', '-c', `import ${module}`],
  ] as const;
const pywinrm = findLiveClient({ name: 'pywinrm', debianPackage: 'python3-winrm', probes: probes('winrm') });
const requestsNtlm = findLiveClient({
  name: 'requests-ntlm',
  debianPackage: 'python3-requests-ntlm',
  probes: probes('requests_ntlm'),
});

interface Outcome {
  readonly answer?: string;
  readonly error?: string;
  readonly status?: number;
}

const legacy = useLegacyOpenssl();

async function send(python: string | undefined, task: Record<string, unknown>): Promise<Outcome[]> {
  const child = spawn(python ?? '', [script], { stdio: ['pipe', 'pipe', 'pipe'], env: legacy.env });
  child.stdin.end(JSON.stringify({ user: USER, password: PASSWORD, ...task }));
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (output === '') throw new Error(errors);
  return JSON.parse(output) as Outcome[];
}

const returnValue = ({ answer = '' }: Outcome = {}) =>
  textAt(readTree(answer), 'Envelope', 'Body', `${METHOD}_OUTPUT`, 'ReturnValue');
const unknownMethod = request({ action: `${DMTF}${SERVICE_CLASS}/NoSuchMethod` });

describe.skipIf(pywinrm === undefined)('pywinrm with NTLM', () => {
  const running = runEndpoint({ httpsPort: 0 });
  const urlOf = (over: string) => (over === 'HTTP' ? running.url : (running.endpoint.https?.url ?? ''));

  it.each([
    ['HTTP', 'always'],
    ['HTTP', 'auto'],
    ['HTTPS', 'always'],
    ['HTTPS', 'auto'],
  ])('calls the method over %s, encryption %s, again and again', async (over, encryption) => {
    const messages = [request(), request(), request()];
    const outcomes = await send(pywinrm, { client: 'winrm', url: urlOf(over), encryption, messages });
    expect(outcomes.map(returnValue)).toEqual(['0', '0', '0']);
  });

  it('reads a sealed fault, and goes on after it', async () => {
    const messages = [unknownMethod, request()];
    const [fault, answer] = await send(pywinrm, { client: 'winrm', url: running.url, encryption: 'always', messages });
    expect(fault?.error).toMatch(/has no method NoSuchMethod.*a:ActionNotSupported/);
    expect(returnValue(answer)).toBe('0');
  });

  it('is refused with a wrong password', async () => {
    const task = { client: 'winrm', url: running.url, encryption: 'always', messages: [request()], password: 'wrong' };
    const [outcome] = await send(pywinrm, task);
    expect(outcome?.error).toMatch(/credentials were rejected/);
  });
});

describe.skipIf(requestsNtlm === undefined)('requests-ntlm', () => {
  const running = runEndpoint({ httpsPort: 0 });

  it('calls the method over HTTPS', async () => {
    const url = running.endpoint.https?.url;
    const outcomes = await send(requestsNtlm, { client: 'requests', url, messages: [request(), request()] });
    expect(outcomes.map(returnValue)).toEqual(['0', '0']);
  });

  it('is refused over HTTP, where it agrees to seal its messages and then does not', async () => {
    const [outcome] = await send(requestsNtlm, { client: 'requests', url: running.url, messages: [request()] });
    expect(outcome?.status).toBe(403);
  });
});
