import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { identifyRequest, METHOD, request } from '../support/envelopes.js';
import { readTree, textAt } from '../support/read-answer.js';
import { PASSWORD, runEndpoint, USER } from '../support/running-endpoint.js';
import { findLiveClient } from './live-client.js';

const curl = findLiveClient({ name: 'curl', debianPackage: 'curl', probes: [['curl', '--version']] });

describe.skipIf(curl === undefined)('curl', () => {
  const running = runEndpoint({ httpsPort: 0 });
  const basicOnly = runEndpoint({ authentication: { negotiate: false } });

  /** Runs curl with a body on its standard input; what it prints is the answer and, on the last line, the status. */
  async function run(body: string | Uint8Array, ...arguments_: string[]): Promise<{ answer: string; status: string }> {
    const type = 'Content-Type: application/soap+xml;charset=UTF-8';
    const flags = [
      '-sS',
      '--max-time',
      '10',
      '-w',
      '\\n%{http_code}',
      '-H',
      type,
      '--data-binary',
      '@-',
      ...arguments_,
    ];
    const child = spawn(curl ?? '', flags, { stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.end(body);
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    if (output === '') throw new Error(errors);
    const end = output.lastIndexOf('\n');
    return { answer: output.slice(0, end), status: output.slice(end + 1) };
  }

  const returnValue = (answer: string) =>
    textAt(readTree(answer), 'Envelope', 'Body', `${METHOD}_OUTPUT`, 'ReturnValue');

  it('identifies the endpoint without credentials', async () => {
    const { answer } = await run(identifyRequest, '-H', 'WSMANIDENTIFY: unauthenticated', running.url);
    expect(textAt(readTree(answer), 'Envelope', 'Body', 'IdentifyResponse', 'ProductVersion')).toBe(
      'OS: 0.0.0 SP: 0.0 Stack: 3.0',
    );
  });

  it('calls the method with Basic credentials', async () => {
    const { answer, status } = await run(request(), '-u', `${USER}:${PASSWORD}`, running.url);
    expect(status).toBe('200');
    expect(returnValue(answer)).toBe('0');
  });

  it('finds out by itself that Basic is offered', async () => {
    const { answer } = await run(request(), '--anyauth', '-u', `${USER}:${PASSWORD}`, basicOnly.url);
    expect(returnValue(answer)).toBe('0');
  });

  it('waits for 100 Continue before a large body', async () => {
    const body = request({ headers: `<!--${'x'.repeat(100_000)}-->` });
    const { answer } = await run(body, '-H', 'Expect: 100-continue', '-u', `${USER}:${PASSWORD}`, running.url);
    expect(returnValue(answer)).toBe('0');
  });

  it('sends the body in chunks', async () => {
    const flags = ['-H', 'Transfer-Encoding: chunked', '-u', `${USER}:${PASSWORD}`];
    const { answer } = await run(request(), ...flags, running.url);
    expect(returnValue(answer)).toBe('0');
  });

  it('calls the method over HTTPS with the self-signed certificate', async () => {
    const { answer } = await run(request(), '-k', '-u', `${USER}:${PASSWORD}`, running.endpoint.https?.url ?? '');
    expect(returnValue(answer)).toBe('0');
  });

  it.each(['HTTP', 'HTTPS'])('signs in with NTLM over %s', async (over) => {
    const url = over === 'HTTP' ? running.url : (running.endpoint.https?.url ?? '');
    const { answer, status } = await run(request(), '-k', '--ntlm', '-u', `${USER}:${PASSWORD}`, url);
    expect(status).toBe('200');
    expect(returnValue(answer)).toBe('0');
  });

  it('is told 401 by NTLM with a wrong password', async () => {
    expect((await run(request(), '--ntlm', '-u', `${USER}:wrong`, running.url)).status).toBe('401');
  });

  it('is told 401 without credentials', async () => {
    expect((await run(request(), running.url)).status).toBe('401');
  });
});
