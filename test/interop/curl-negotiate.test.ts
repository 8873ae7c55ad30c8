import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METHOD, request } from '../support/envelopes.js';
import { readTree, textAt } from '../support/read-answer.js';
import { runEndpoint } from '../support/running-endpoint.js';
import { findLiveClient } from './live-client.js';
import { findNtlmMechanism } from './ntlm-mechanism.js';

const curl = findLiveClient({ name: 'curl', debianPackage: 'curl', probes: [['curl', '--version']] });
const mechanism = findNtlmMechanism();

describe.skipIf(curl === undefined || mechanism === undefined)('curl with Negotiate by GSSAPI', () => {
  // The file of accounts that gss-ntlmssp reads has no way to write a colon.
  const account = { name: 'tester', password: 'Passw0rd without colon' };
  const running = runEndpoint({ httpsPort: 0, users: [account] });
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cimulator-ntlm-'));
    await writeFile(join(folder, 'right'), `LAB:${account.name}:${account.password}\n`);
    await writeFile(join(folder, 'wrong'), `LAB:${account.name}:wrong\n`);
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** What curl prints: the answer and, on the last line, the status. */
  async function run(url: string, accounts: 'right' | 'wrong', ...arguments_: string[]) {
    const type = 'Content-Type: application/soap+xml;charset=UTF-8';
    const flags = ['-sSk', '--max-time', '10', '-w', '\\n%{http_code}', '-H', type, '--data-binary', '@-'];
    const child = spawn(curl ?? '', [...flags, ...arguments_, '-u', ':', url], {
      stdio: ['pipe', 'pipe', 'pipe'],
      // An empty cache of tickets, so that there is no Kerberos on any machine.
      env: { ...process.env, NTLM_USER_FILE: join(folder, accounts), KRB5CCNAME: join(folder, 'no-tickets') },
    });
    child.stdin.end(request());
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    if (output === '') throw new Error(errors);
    const end = output.lastIndexOf('\n');
    return { answer: output.slice(0, end), status: output.slice(end + 1) };
  }

  it.each([
    ['HTTP', '--negotiate'],
    ['HTTPS', '--negotiate'],
    ['HTTP', '--anyauth'],
  ])('calls the method over %s with %s', async (over, flag) => {
    const url = over === 'HTTP' ? running.url : (running.endpoint.https?.url ?? '');
    const { answer, status } = await run(url, 'right', flag);
    expect(status).toBe('200');
    expect(textAt(readTree(answer), 'Envelope', 'Body', `${METHOD}_OUTPUT`, 'ReturnValue')).toBe('0');
  });

  it('is told 401 with a wrong password', async () => {
    expect((await run(running.url, 'wrong', '--negotiate')).status).toBe('401');
  });
});
